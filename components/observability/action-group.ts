import { MonitorActionGroup } from "@cdktf/provider-azurerm/lib/monitor-action-group";
import { Construct } from "constructs";
import type { Names } from "../../environments/naming";

export interface ActionGroupProps {
  readonly names: Names;
  readonly resourceGroupName: string;
  /** E-mail addresses; at least one, or an alert would tell nobody. */
  readonly emails: readonly string[];
}

/** The people that alerts and budgets write to. */
export class ActionGroup extends Construct {
  readonly actionGroupId: string;

  constructor(scope: Construct, id: string, { names, resourceGroupName, emails }: ActionGroupProps) {
    super(scope, id);
    this.actionGroupId = new MonitorActionGroup(this, "group", {
      resourceGroupName,
      name: names.actionGroup,
      shortName: names.actionGroupShort,
      emailReceiver: emails.map((emailAddress) => ({ name: emailAddress, emailAddress, useCommonAlertSchema: true })),
    }).id;
  }
}
