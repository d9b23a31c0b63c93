import type { EnvironmentSettings } from "../../environments/settings/settings";

const federation = {
  issuer: "https://tokens.example",
  audience: "api://AzureADTokenExchange",
  deployer: ["a run that deploys"],
  planner: ["a pull request"],
};

/** An environment as Terraform tests it: with all that it can have, without the protection that refuses to destroy. */
export function tested(settings: EnvironmentSettings): EnvironmentSettings {
  return { ...settings, protect: false, federation };
}
