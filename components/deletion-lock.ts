import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

/** Name of every lock of the stacks. */
export const LOCK = "keep";

export interface DeletionLockProps {
  /** Id of the resource that is kept. Whatever belongs to it, role assignments and diagnostic settings too, is kept with it. */
  readonly on: string;
  /** What belongs to the resource and must be deletable with it: a lock goes before what it depends on. Default: none. */
  readonly after?: readonly ITerraformDependable[];
  /** What would be lost, in one line; Azure shows it beside the lock. */
  readonly reason: string;
}

/** Makes Azure refuse to delete a resource, whoever asks; it can still be changed. */
export function lockDeletion(scope: Construct, id: string, props: DeletionLockProps): void {
  new ManagementLock(scope, id, {
    name: LOCK,
    scope: props.on,
    lockLevel: "CanNotDelete",
    notes: props.reason,
    ...(props.after && { dependsOn: [...props.after] }),
  });
}
