import { execFileSync } from "node:child_process";

/** Where an artifact comes from: an in-toto statement with SLSA provenance. Source: slsa.dev, "Provenance", v1. */
export interface Provenance {
  readonly _type: "https://in-toto.io/Statement/v1";
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: "https://slsa.dev/provenance/v1";
  readonly predicate: {
    readonly buildDefinition: {
      readonly buildType: string;
      readonly externalParameters: { readonly repository: string; readonly ref: string };
      readonly resolvedDependencies: readonly {
        readonly uri: string;
        readonly digest: { readonly gitCommit: string };
        /** Whether files differ from the commit. */
        readonly annotations: { readonly changed: boolean };
      }[];
    };
    readonly runDetails: {
      readonly builder: { readonly id: string };
      readonly metadata: { readonly invocationId: string; readonly finishedOn: string };
    };
  };
}

type Variables = Readonly<NodeJS.ProcessEnv>;

/** States where a file comes from, as GitHub Actions or Azure Pipelines say it, else as git does on this machine. */
export function provenanceOf(
  name: string,
  sha256: string,
  root: string,
  variables: Variables,
  finished: Date,
): Provenance {
  const { repository, ref, builder, invocation } = service(variables);
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name, digest: { sha256 } }],
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "npm run artifact",
        externalParameters: { repository, ref },
        resolvedDependencies: [
          {
            uri: `git+${repository}`,
            digest: { gitCommit: git(root, "rev-parse", "HEAD") || "unknown" },
            annotations: { changed: git(root, "status", "--porcelain") !== "" },
          },
        ],
      },
      runDetails: {
        builder: { id: builder },
        metadata: { invocationId: invocation, finishedOn: finished.toISOString() },
      },
    },
  };
}

function service(variables: Variables) {
  const of = (name: string): string => variables[name] ?? "";
  if (of("GITHUB_ACTIONS") === "true") {
    const repository = `${of("GITHUB_SERVER_URL")}/${of("GITHUB_REPOSITORY")}`;
    const invocation = `${repository}/actions/runs/${of("GITHUB_RUN_ID")}/attempts/${of("GITHUB_RUN_ATTEMPT")}`;
    return { repository, ref: of("GITHUB_REF"), builder: `${repository}/${of("GITHUB_WORKFLOW_REF")}`, invocation };
  }
  if (of("TF_BUILD") !== "") {
    const project = `${of("SYSTEM_COLLECTIONURI")}${of("SYSTEM_TEAMPROJECT")}`;
    return {
      repository: of("BUILD_REPOSITORY_URI"),
      ref: of("BUILD_SOURCEBRANCH"),
      builder: `${project}/_build?definitionId=${of("SYSTEM_DEFINITIONID")}`,
      invocation: `${project}/_build/results?buildId=${of("BUILD_BUILDID")}`,
    };
  }
  return { repository: "local", ref: "local", builder: "local", invocation: "local" };
}

/** What git says; nothing where there is no repository or no git. */
function git(root: string, ...args: readonly string[]): string {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}
