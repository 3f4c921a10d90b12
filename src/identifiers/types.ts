/**
 * The four classes of user information to protect: *mail address · mobile phone or PC address · telephone
 * number · mobile phone or IP phone*.
 */
export type IdentifierClass = 'mail-address' | 'device-address' | 'telephone-number' | 'mobile-or-ip-phone';

/** What is particular about a finding. A flag never makes a finding disappear: that is the caller's choice. */
export type IdentifierFlag =
  /** From a range or domain that is set aside for documentation and tests (`192.0.2.0/24`, `example.com`). */
  | 'documentation'
  /** Not routed on the public internet (`10.0.0.0/8`, `fc00::/7`, carrier-grade NAT). */
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'multicast'
  | 'unspecified'
  /** A MAC address with the U/L bit: its first three bytes name no manufacturer (randomised addresses). */
  | 'locally-administered'
  /** A mail address that RFC 5321 forbids but phone carriers issued (`a..b@`, `a.@`, `.a@`). */
  | 'rfc-violating'
  /** Written so that machines should not see it: `user at example dot com`. */
  | 'obfuscated'
  /** Domain with letters outside ASCII, or its `xn--` form. */
  | 'idn'
  /** Of the right form, but in a block that the numbering plan has not assigned. */
  | 'unassigned'
  /** An IPv4 octet with a leading zero, which some parsers read as octal. The text is kept as it is. */
  | 'leading-zero'
  /** The check digit does not fit; a label made the finding sure enough. */
  | 'checksum-failed'
  /** Longer than any deliverable address; the part nearest to the `@` is covered. */
  | 'overlong'
  /** Found because the caller's deny list names it. */
  | 'listed';

/** One identifier found in a text. */
export interface Finding {
  readonly class: IdentifierClass;
  /** The member of the class: `mobile`, `pc`, `ipv4`, `mac`, `fixed-line`, `ip-phone` … */
  readonly kind: string;
  /** First unit of the span in the original text (UTF-16 unless other offsets were asked for). */
  readonly start: number;
  /** One past the last unit of the span. */
  readonly end: number;
  /** One spelling for all spellings of the same identifier: E.164, RFC 5952, lower-case domain … */
  readonly canonical: string;
  /** How sure, from 0 to 1. */
  readonly score: number;
  readonly flags: readonly IdentifierFlag[];
  /** Of a carrier's mail address: who issued it. Of a Japanese phone number: to whom the block was given first. */
  readonly operator?: string;
  /** Region of a telephone number, ISO 3166 alpha-2. */
  readonly region?: string;
  /** The rules that were applied, when asked for. */
  readonly trace?: readonly string[];
}

/** What to look for and how. One options object is compiled once: keep it in a constant where many texts are read. */
export interface FindOptions {
  /** Findings below this score are left out. 0.5 by default. */
  readonly minScore?: number;
  /** Only these classes. All by default. */
  readonly classes?: readonly IdentifierClass[];
}
