import { block, resources, texts, type Rule, type StackJson } from "./rule";

const SECRET =
  /primary_access_key|secondary_access_key|connection_string|sas_token|client_secret|password|\bAccountKey=/;

const everyStack =
  (broken: (stack: StackJson) => readonly string[]): Rule["check"] =>
  (stacks) =>
    Object.entries(stacks).flatMap(([name, stack]) => broken(stack).map((how) => `${name} ${how}`));

export const terraform: readonly Rule[] = [
  {
    name: "state-is-opened-by-identities",
    otherwise: "a key to the state opens everything in it",
    check: everyStack(({ terraform }) => {
      const { azurerm } = block(terraform?.["backend"]);
      if (azurerm === undefined) return [];
      const { use_azuread_auth, access_key, sas_token } = block(azurerm);
      return use_azuread_auth === true && !access_key && !sas_token ? [] : ["opens its state with a key"];
    }),
  },
  {
    name: "no-secret-is-passed-on",
    otherwise: "secrets end up in the state, in plans and in logs",
    check: (stacks) =>
      resources(stacks)
        .filter(({ properties }) => SECRET.test(JSON.stringify({ ...properties, "//": undefined })))
        .map(({ address }) => `${address} has a secret, or a reference to one`),
  },
  {
    name: "providers-are-pinned",
    otherwise: "the next deployment could use another provider version",
    check: everyStack(({ terraform }) =>
      Object.entries(block(terraform?.["required_providers"]))
        .filter(([, provider]) => !/^\d+\.\d+\.\d+$/.test(String(block(provider)["version"])))
        .map(([provider]) => `takes any version of ${provider}`),
    ),
  },
  {
    name: "dependencies-stay-in-their-stack",
    otherwise: "the plan fails, because Terraform does not know another stack's resources",
    thread: "hashicorp/terraform-cdk#3023",
    check: (stacks) => {
      const own = (stack: string) =>
        new Set(resources({ [stack]: stacks[stack]! }).map(({ address }) => address.split(" ")[1]));
      return resources(stacks).flatMap(({ stack, address, properties }) =>
        texts(properties["depends_on"])
          .filter((dependency) => !dependency.startsWith("data.") && !own(stack).has(dependency))
          .map((dependency) => `${address} depends on ${dependency}, which is not in its stack`),
      );
    },
  },
  {
    name: "no-path-of-a-machine",
    otherwise: "a plan on another machine replaces the resource",
    check: (stacks) =>
      resources(stacks)
        .filter(({ properties }) =>
          /^(\/(home|root|Users|tmp|work|builds?)\/|[A-Za-z]:\\)/.test(String(properties["source"] ?? "")),
        )
        .map(({ address }) => `${address} is read from a path of this machine`),
  },
];
