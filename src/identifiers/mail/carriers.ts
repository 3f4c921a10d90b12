/**
 * Mail domains that Japanese carriers issued to phones: "issued as phone mail", not "is on a phone today", since carrier
 * mail has been portable from December 2021. There is no registry; this list is dated and the caller can extend it.
 *
 * An operator, then its domains. `?` is one of the prefecture letters of the old Vodafone domains, `##` a label of two
 * characters, `*` any one label.
 */
export const CARRIER_DOMAINS: { readonly version: string; readonly operators: readonly string[] } = {
  version: '2026-07-01',
  operators: [
    'docomo docomo.ne.jp disneymobile.ne.jp mopera.net mopera.ne.jp docomo.blackberry.com',
    'au ezweb.ne.jp au.com ##.ezweb.ne.jp *.biz.ezweb.ne.jp biz.ezweb.ne.jp biz.au.com *.biz.au.com augps.ezweb.ne.jp ido.ne.jp sky.tkk.ne.jp sky.tkc.ne.jp sky.tu-ka.ne.jp *.sky.dtg.ne.jp',
    'uq uqmobile.jp',
    'softbank softbank.ne.jp i.softbank.jp ?.vodafone.ne.jp jp-?.ne.jp disney.ne.jp email.sky.cdp.ne.jp email.sky.kdp.ne.jp email.sky.tdp.ne.jp',
    'ymobile ymobile.ne.jp ymobile1.ne.jp y-mobile.ne.jp yahoo.ne.jp emnet.ne.jp emobile.ne.jp emobile-s.ne.jp willcom.com wcm.ne.jp pdx.ne.jp ##.pdx.ne.jp',
    'rakuten rakumail.jp rakuten.jp',
    'mineo mineo.jp',
    'other nttpnet.ne.jp pipopa.ne.jp mozio.ne.jp phone.ne.jp',
  ],
};

/** The operator that issued addresses of a lower-case domain; undefined when none did. */
export type Carriers = (domain: string) => string | undefined;

/** Looks domains up: whole labels only, so that neither `xdocomo.ne.jp` nor `docomo.ne.jp.example.com` is a carrier's. */
export function carriersOf(lists: readonly string[]): Carriers {
  const operators = new Map<string, string>();
  for (const list of lists) {
    const [operator = '', ...domains] = list.toLowerCase().split(' ');
    for (const domain of domains) for (const letter of 'dhtcrksnq') operators.set(domain.replace('?', letter), operator);
  }
  return (domain) => {
    const dot = domain.indexOf('.');
    const rest = domain.slice(dot);
    return operators.get(domain) ?? operators.get(`*${rest}`) ?? (dot === 2 ? operators.get(`##${rest}`) : undefined);
  };
}
