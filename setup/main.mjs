// Sets up everything that `npm start` and `npm test` need; with `bench` also what the bench compares with, with `lint` what
// holds Python, with `scan` the policy scanner. Does nothing when nothing changed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { javaHome } from "./java.mjs";
import { findPython, venvPython } from "./python.mjs";
import { Problem, perform, run } from "./step.mjs";

/** Checkov needs other versions of much that the notebooks use. */
const scanPython = venvPython.replace("venv", "scan");

const digest = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

async function setUp() {
  const node = Number(process.versions.node.split(".")[0]);
  if (node < 20) throw new Problem(`Node ${process.versions.node} is too old: Node 20 or later is needed.`);
  const python = findPython();
  mkdirSync(".runtime", { recursive: true });
  const [home] = await Promise.all([setUpPython(python), setUpNode()]);
  writeFileSync(".runtime/runtime.json", JSON.stringify({ python: venvPython, javaHome: home ?? null }, null, 2));
}

function setUpNode() {
  return perform({
    name: "npm packages",
    inputs: [digest("../package-lock.json"), process.platform, process.arch],
    intact: () => existsSync("node_modules/.package-lock.json"),
    work: () => run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "http"]),
  });
}

/** Python's packages, Java and Spark's jars, and what was asked for besides; returns JAVA_HOME where Spark needs one. */
async function setUpPython(python) {
  await perform({
    name: `Python packages (Python ${python.version})`,
    inputs: [digest("requirements.txt"), python.version, process.cwd()],
    intact: () => existsSync(venvPython),
    work: async () => {
      await run(python.command, ["-m", "venv", "--clear", ".runtime/venv"], {
        hint: "The module venv is missing: on Debian or Ubuntu install the package python3-venv.",
      });
      await pip("requirements.txt");
    },
  });

  const home = await javaHome(pip);

  await perform({
    name: "Spark's jars",
    inputs: [digest("jars.py"), digest("jars.sha256")],
    intact: () => existsSync(".runtime/jars"),
    work: () => run(venvPython, ["setup/jars.py"], { env: home ? { JAVA_HOME: home } : {} }),
  });

  if (process.argv.includes("bench"))
    await perform({
      name: "DuckDB",
      inputs: [digest("../bench/requirements.txt"), python.version],
      intact: () => spawnSync(venvPython, ["-c", "import duckdb"]).status === 0,
      work: () => pip("../bench/requirements.txt"),
    });

  if (process.argv.includes("lint"))
    await perform({
      name: "ruff and mypy",
      inputs: [digest("lint.txt"), python.version],
      intact: () => spawnSync(venvPython, ["-c", "import ruff, mypy"]).status === 0,
      work: () => pip("lint.txt"),
    });

  if (process.argv.includes("scan"))
    await perform({
      name: "checkov",
      inputs: [digest("../scan/requirements.txt"), python.version, process.cwd()],
      intact: () => existsSync(scanPython),
      work: async () => {
        await run(python.command, ["-m", "venv", "--clear", ".runtime/scan"]);
        await pip("../scan/requirements.txt", undefined, scanPython);
      },
    });

  return home;
}

function pip(lock, hint, python = venvPython) {
  const options = ["--require-hashes", "--disable-pip-version-check", "--no-input", "--no-compile"];
  return run(python, ["-m", "pip", "install", ...options, "-r", `setup/${lock}`], { hint });
}

setUp().catch((error) => {
  if (!(error instanceof Problem)) throw error;
  console.error(`Set-up failed: ${error.message}`);
  process.exitCode = 1;
});
