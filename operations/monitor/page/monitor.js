// The page: it asks the server that it is from again and again, and changes nothing without a click.
import { Component, render } from "/preact.js";
import { blobs, quarantine, risks, workList } from "/findings.js";
import { graph } from "/graph.js";
import { html, table, time } from "/table.js";

/** Until the server has said how often it is to be asked. */
const SECONDS = 2;
const NO_TIMES = { BlobEventsTrigger: "with each blob that it watches" };
const UNENDED = ["Queued", "InProgress", "Canceling"];
const token = location.hash.slice(1);

async function ask(path, body) {
  const response = await fetch(path, {
    headers: { authorization: `Bearer ${token}` },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem);
  return answer;
}

const seconds = (milliseconds) => (milliseconds === null ? "" : `${(milliseconds / 1000).toFixed(1)} s`);
const shown = (value) => JSON.stringify(value, null, 2);

class Monitor extends Component {
  state = { runs: [], activities: [], problem: "Reading the factory …", asked: undefined };

  componentDidMount() {
    this.read();
  }

  /** Shows the run that was chosen, or else the newest. */
  async read() {
    const { chosen } = this.state;
    try {
      const [factory, runs] = await Promise.all([ask("/api/factory"), ask("/api/runs")]);
      const runId = chosen ?? runs[0]?.runId;
      const activities = runId === undefined ? [] : await ask(`/api/activities?run=${encodeURIComponent(runId)}`);
      if (this.state.chosen !== chosen) return; // another one was chosen meanwhile, and is being read
      document.title = factory.title;
      this.setState({ factory, runs, runId, activities, problem: undefined });
    } catch (error) {
      this.setState({ problem: error.message });
    }
    clearTimeout(this.next);
    this.next = setTimeout(() => this.read(), 1000 * (this.state.factory?.seconds ?? SECONDS));
  }

  choose(runId) {
    this.setState({ chosen: runId, runId, pipeline: undefined, activities: [] }, () => this.read());
  }

  /** Does what is asked for, or keeps the question that the server has about it. */
  async change(path, what, body) {
    try {
      const answer = await ask(path, body);
      if (answer.confirm === undefined) {
        this.setState({ asked: undefined });
        if (answer.runId === undefined) await this.read();
        else this.choose(answer.runId);
      } else
        this.setState({
          asked: { what, again: () => this.change(path, what, { ...body, confirmed: answer.confirm }) },
        });
    } catch (error) {
      this.setState({ problem: error.message, asked: undefined });
    }
  }

  render(_, { factory, runs, runId, activities, problem, asked, pipeline }) {
    if (factory === undefined) return html`<main><p role="status">${problem}</p></main>`;
    const run = runs.find((one) => one.runId === runId);
    const name = pipeline ?? run?.pipelineName ?? factory.pipelines[0]?.name;
    const definition = factory.pipelines.find((one) => one.name === name);
    const statuses = new Map(
      name === run?.pipelineName ? activities.map(({ activityName, status }) => [activityName, status]) : [],
    );
    return html`<header>
        <h1>${factory.title}</h1>
        <p role="status" class=${problem ? "problem" : "quiet"}>
          ${problem ?? `live, every ${factory.seconds} seconds`}
        </p>
      </header>
      <main>
        ${
          asked &&
          html`<section role="alertdialog" aria-label="Confirm" class="asked">
            <p>${asked.what} in the deployed environment?</p>
            <button onClick=${asked.again}>Yes, do it</button>
            <button onClick=${() => this.setState({ asked: undefined })}>No</button>
          </section>`
        }
        <section aria-labelledby="pipelines">
          <h2 id="pipelines">Pipelines</h2>
          <nav aria-label="Pipelines">
            ${factory.pipelines.map(
              (one) =>
                html`<button aria-pressed=${one.name === name} onClick=${() => this.setState({ pipeline: one.name })}>
                  ${one.name}
                </button>`,
            )}
          </nav>
          <div class="scroll" tabindex="0" role="group" aria-label=${`Graph of ${name}`}>
            ${definition && graph(html, definition.properties.activities ?? [], statuses)}
          </div>
        </section>
        ${this.runs(runs, runId)} ${run && this.activities(run, activities)} ${triggers(factory.triggers)}
        ${factory.findings && [risks, workList, blobs, quarantine].map((part) => part(factory.findings))}
      </main>`;
  }

  runs(runs, runId) {
    const row = (run) =>
      html`<tr class=${run.runId === runId ? "chosen" : ""}>
        <th scope="row">
          <button class="link" aria-pressed=${run.runId === runId} onClick=${() => this.choose(run.runId)}>
            ${run.pipelineName}
          </button>
        </th>
        <td class=${`status ${run.status}`}>${run.status}</td>
        <td>${time(run.runStart)}</td>
        <td class="number">${seconds(run.durationInMs)}</td>
        <td>${run.invokedBy?.name}</td>
      </tr>`;
    const columns = ["pipeline", "status", "started (UTC)", "took", "invoked by"];
    return table("Runs", columns, runs.map(row), "No run in the last 30 days.");
  }

  activities(run, activities) {
    const { runId, pipelineName: pipeline, status } = run;
    const what = (verb) => `${verb} ${pipeline} ${runId}`;
    const rerun = (fromFailure) => () => this.change("/api/rerun", what("Run again:"), { runId, fromFailure });
    return html`<section aria-labelledby="activities">
      <h2 id="activities">${pipeline}: ${status}</h2>
      ${run.message && html`<p class="problem">${run.message}</p>`}
      <p>
        ${
          UNENDED.includes(status)
            ? html`<button onClick=${() => this.change("/api/cancel", what("Cancel"), { runId })}>Cancel</button>`
            : html`<button onClick=${rerun(false)}>Run again</button>`
        }
        ${status === "Failed" && html`<button onClick=${rerun(true)}>Run again from what failed</button>`}
      </p>
      ${activities.map(
        (one) =>
          html`<details open=${one.status === "Failed"}>
            <summary>
              ${one.activityName} <span class=${`status ${one.status}`}>${one.status}</span>
              <span class="quiet"> ${seconds(one.durationInMs)}</span>
            </summary>
            ${
              one.error?.message &&
              html`<h3>Error</h3>
                <pre class="problem" tabindex="0">${one.error.message}</pre>`
            }
            ${/^https:/.test(one.output?.runPageUrl) && html`<p><a href=${one.output.runPageUrl}>The notebook's run in Databricks</a></p>`}
            ${
              one.printed &&
              html`<h3>Printed</h3>
                <pre tabindex="0">${one.printed}</pre>`
            }
            <h3>Input</h3>
            <pre tabindex="0">${shown(one.input)}</pre>
            <h3>Output</h3>
            <pre tabindex="0">${shown(one.output)}</pre>
          </details>`,
      )}
    </section>`;
  }
}

function triggers(all) {
  const row = (one) =>
    html`<tr>
      <th scope="row">${one.name}</th>
      <td>${one.runtimeState}</td>
      <td>${one.pipelines.join(", ")}</td>
      <td>${one.problem ?? (one.next.map(time).join(", ") || NO_TIMES[one.type] || "none")}</td>
    </tr>`;
  return table("Triggers", ["trigger", "state", "starts", "next firings (UTC)"], all.map(row), "None.");
}

const root = document.getElementById("page");
root.replaceChildren();
render(html`<${Monitor} />`, root);
