import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { onlyAssignable } from "./assignable-roles";
import { FederatedIdentity } from "./federated-identity";
import type { Names } from "../../environments/naming";
import type { Placement } from "../placement";
import { assignRole } from "./role";
import type { StateAccount } from "../storage/state-account";

export interface DeploymentIdentitiesProps extends Placement, NonNullable<EnvironmentSettings["federation"]> {
  readonly names: Names;
  /** Azure resource id of the subscription that is deployed to. */
  readonly subscriptionId: string;
  /** Id of the definition of the role that asks a factory for its runs. */
  readonly runReaderId: string;
  /** Where states, plans and releases are kept. */
  readonly state: StateAccount;
  /** Whether the stacks lock what holds data. */
  readonly locks: boolean;
}

/** Who deploys and who only plans: identities without a secret, with the least that their work needs. */
export class DeploymentIdentities extends Construct {
  readonly deployer: FederatedIdentity;
  readonly planner: FederatedIdentity;

  constructor(scope: Construct, id: string, props: DeploymentIdentitiesProps) {
    super(scope, id);
    const { names, deployer, planner, subscriptionId, runReaderId, state, locks, ...common } = props;
    const { resourceGroupName, location, issuer, audience } = common;
    const identity = (id: string, name: string, subjects: readonly string[]) =>
      new FederatedIdentity(this, id, { resourceGroupName, location, issuer, audience, name, subjects });
    this.deployer = identity("deployer", names.deployerIdentity, deployer);
    this.planner = identity("planner", names.plannerIdentity, planner);

    const { principalId } = this.deployer;
    assignRole(this, "deployer-resources", {
      principalId,
      role: "Contributor",
      on: subscriptionId,
      reason: "Makes the environment's resource groups and all that is in them.",
    });
    assignRole(this, "deployer-roles", {
      principalId,
      role: "Role Based Access Control Administrator",
      on: subscriptionId,
      condition: onlyAssignable(runReaderId),
      reason: "Gives the environment's identities their roles, of the few that the stacks assign.",
    });
    if (locks)
      assignRole(this, "deployer-locks", {
        principalId,
        role: "Locks Contributor",
        on: subscriptionId,
        reason: "Locks what holds data, which a Contributor may not.",
      });
    assignRole(this, "deployer-states", {
      principalId,
      role: "Storage Blob Data Contributor",
      on: state.accountId,
      reason: "Reads, writes and locks the states; takes plans, keeps releases.",
    });
    assignRole(this, "planner-resources", {
      principalId: this.planner.principalId,
      role: "Reader",
      on: subscriptionId,
      reason: "Compares what is there with what is declared, and changes nothing.",
    });
    assignRole(this, "planner-states", {
      principalId: this.planner.principalId,
      role: "Storage Blob Data Reader",
      on: state.accountId,
      reason: "Reads the states and what was deployed; plans without a lock.",
    });
    assignRole(this, "planner-plans", {
      principalId: this.planner.principalId,
      role: "Storage Blob Data Contributor",
      on: state.plansId,
      reason: "Leaves its plans for the deployer, who takes only those that an approval names by their checksum.",
    });
  }
}
