// What a laptop found besides the runs: the machines at risk, the work list, and what became of the blobs that landed.
import { html, table, time } from "/table.js";

const percent = (share) => `${(100 * share).toFixed(0)} %`;
const lines = (texts) =>
  html`<ul class="lines">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;

export function risks({ risks: all, components, horizons }) {
  const when = (one) =>
    one.predicted.split("|").flatMap((component) => {
      const its = one.within[components.indexOf(component)] ?? [];
      const known = horizons.flatMap((hours, place) => (its[place] == null ? [] : `${hours} h ${percent(its[place])}`));
      return known.length === 0 ? [] : `${component}: ${known.join(", ")}`;
    });
  const row = (one) =>
    html`<tr>
      <th scope="row">${one.machineID}</th>
      <td>${one.predicted.split("|").join(", ")}</td>
      <td class="number">${percent(Math.max(...one.probabilities))}</td>
      <td>${lines(when(one))}</td>
      <td>${lines(one.reasons.map(({ component, text }) => `${component}: ${text}`))}</td>
      <td>${time(one.window_end)}</td>
    </tr>`;
  const columns = ["machine", "expected to fail", "probability", "when", "why", "window ends (UTC)"];
  return table("Machines at risk", columns, all.map(row), "No alert is open.");
}

/** Nothing where no release that keeps a work list has scored. */
export function workList({ work }) {
  if (work === null) return undefined;
  const row = (one) =>
    html`<tr>
      <th scope="row">${one.machineID}</th>
      <td>${one.component}</td>
      <td class="number">${Math.round(one.cost_at_stake).toLocaleString("en")}</td>
      <td class="number">${percent(one.probability)}</td>
      <td>${time(one.since)}</td>
      <td>${time(one.until)}</td>
      <td>${lines(one.why)}</td>
    </tr>`;
  const columns = ["machine", "component", "at stake", "probability", "since (UTC)", "until (UTC)", "why"];
  return table("Work list", columns, work.items.map(row), "Nothing is to be done.");
}

export function blobs({ files }) {
  const fate = (one) => (one.scoredAt ? `scored ${time(one.scoredAt)}` : "waits to be scored");
  const row = (one) =>
    html`<tr>
      <th scope="row">${one.path}</th>
      <td>${one.table}</td>
      <td class="number">${one.rows}</td>
      <td class="number">${one.quarantined}</td>
      <td>${time(one.ingestedAt)}</td>
      <td>${fate(one)}</td>
    </tr>`;
  const columns = ["blob", "table", "rows", "quarantined", "ingested (UTC)", "fate"];
  return table("Blobs", columns, files.map(row), "No blob has been ingested.");
}

export function quarantine({ badRows }) {
  const row = (one) =>
    html`<tr>
      <th scope="row">${one.path}</th>
      <td class="number">${one.line}</td>
      <td>${one.reason}</td>
      <td><code>${one.raw}</code></td>
    </tr>`;
  return table("Quarantine", ["blob", "line", "reason", "as it landed"], badRows.map(row), "No row was set aside.");
}
