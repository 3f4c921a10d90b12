import type { JapanNumbering } from './numbering/jp.js';
import type { NumberingRegion } from './phone/region.js';

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

/** A region's numbering plan: `NUMBERING_JP`, `NUMBERING_US` … */
export type NumberingTable = JapanNumbering | NumberingRegion;

/** What to look for and how. One options object is compiled once: keep it in a constant where many texts are read. */
export interface FindOptions {
  /**
   * Regions whose national numbers are found: tables (`NUMBERING_US`), or codes of Japan and of tables handed to
   * `registerRegions` before. Japan alone by default. Numbers with a `+` are found whatever stands here.
   */
  readonly regions?: readonly (NumberingTable | string)[];
  /** Findings below this score are left out. 0.5 by default. */
  readonly minScore?: number;
  /** Only these classes. All by default. */
  readonly classes?: readonly IdentifierClass[];
  /** Name of the field that the texts come from: its words count like words before every candidate. */
  readonly field?: string;
  /** Says for each finding which rules were applied. */
  readonly trace?: boolean;
  /** Unit of `start` and `end`: UTF-16 units by default, code points, or bytes of UTF-8. */
  readonly offsets?: 'utf16' | 'code-point' | 'utf8';
  /** Detectors of the caller's own, made by `detector` and `denyList`. */
  readonly detectors?: readonly TextDetector[];
  /** Canonical values that are never reported: the service's own `info@` address, its hotline. */
  readonly allow?: readonly string[];
  /** More carrier mail domains: the operator, then its domains, as in `CARRIER_DOMAINS`. */
  readonly carrierDomains?: readonly string[];
  /** More findings than this in one text throw `TOKUMEI_FINDINGS_LIMIT`; a list is never cut. No limit by default. */
  readonly maxFindings?: number;
}

/** A detector beside the built-in ones. Make one with `detector` or `denyList`. */
export interface TextDetector {
  readonly name: string;
  /** How far before and after an anchor it looks, in UTF-16 units. */
  readonly before: number;
  readonly after: number;
  readonly find: (text: string) => Finding[];
}
