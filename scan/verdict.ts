import type { EnvironmentSettings } from "../environments/settings/settings";
import type { Accepted } from "./accepted";
import type { Finding, Report } from "./report";

export interface Verdict {
  /** What to mend; the scan has passed where there is nothing. */
  readonly problems: readonly string[];
  /** How many checks passed, stack by stack and in all. */
  readonly summary: readonly string[];
}

export interface VerdictProps {
  readonly report: Report;
  /** The environments whose stacks were scanned. */
  readonly environments: readonly EnvironmentSettings[];
  /** Names of the stacks, without their environment. */
  readonly stacks: readonly string[];
  readonly accepted: readonly Accepted[];
  readonly withoutChecks: Readonly<Record<string, string>>;
}

/** Whether a stack's id is that of an environment's stack, `dev-foundation` or `bootstrap-dev`. */
const isOf = (id: string, stack: string, { name }: EnvironmentSettings): boolean =>
  id === `${name}-${stack}` || id === `${stack}-${name}`;

/** Holds a report against what is accepted: each finding needs a reason, each reason a finding, and each stack something that was looked at. */
export function judge({ report, environments, stacks, accepted, withoutChecks }: VerdictProps): Verdict {
  const applies = ({ where, stack, resource, check }: Accepted, settings: EnvironmentSettings, finding: Finding) =>
    isOf(finding.stack, stack, settings) &&
    finding.resource === resource &&
    finding.check === check &&
    (where === undefined || where(settings));

  const unexplained = report.failed
    .filter((finding) => !environments.some((settings) => accepted.some((entry) => applies(entry, settings, finding))))
    .map(
      ({ check, name, stack, resource }) =>
        `${check} ${stack} ${resource}: ${name}; fix it, or give a reason in scan/accepted.ts`,
    );

  const stale = environments.flatMap((settings) =>
    accepted
      .filter((entry) => entry.where === undefined || entry.where(settings))
      .filter((entry) => !report.failed.some((finding) => applies(entry, settings, finding)))
      .map(
        ({ check, stack, resource }) =>
          `${check} ${settings.name}-${stack} ${resource}: accepted in scan/accepted.ts, but not found any more`,
      ),
  );

  const counts = environments.flatMap((settings) =>
    stacks.map((stack) => {
      const of = (findings: readonly Finding[]) =>
        findings.filter((found) => isOf(found.stack, stack, settings)).length;
      return { stack, name: `${settings.name}-${stack}`, passed: of(report.passed), failed: of(report.failed) };
    }),
  );
  const unseen = counts
    .filter(({ stack, passed, failed }) => passed + failed === 0 && withoutChecks[stack] === undefined)
    .map(({ name }) => `${name}: checkov looked at nothing in it`);
  const seen = counts
    .filter(({ stack, passed, failed }) => passed + failed > 0 && withoutChecks[stack] !== undefined)
    .map(
      ({ name, stack }) =>
        `${name}: checkov has checks for it now; take ${stack} out of withoutChecks in scan/accepted.ts`,
    );
  const nothing = report.passed.length === 0 ? ["checkov passed nothing: nothing was scanned"] : [];

  return {
    problems: [
      ...nothing,
      ...report.unread.map((file) => `${file}: checkov cannot read it`),
      ...unseen,
      ...seen,
      ...unexplained,
      ...stale,
    ],
    summary: [
      ...counts.map(({ name, stack, passed, failed }) =>
        passed + failed === 0
          ? `${name}: no check; ${withoutChecks[stack] ?? "unexplained"}`
          : `${name}: ${passed} passed, ${failed} with a reason or to fix`,
      ),
      `${report.passed.length} checks passed, ${report.failed.length - unexplained.length} findings with a reason, ${unexplained.length} without`,
    ],
  };
}
