import { ConsumptionBudgetSubscription } from "@cdktf/provider-azurerm/lib/consumption-budget-subscription";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

export interface BudgetProps {
  readonly name: string;
  /** Azure resource id of the subscription. */
  readonly subscriptionId: string;
  /** The resource group whose cost is counted. */
  readonly resourceGroupName: string;
  /** For a month, in the currency of the subscription; above 0. */
  readonly amount: number;
  /** Whom to tell. */
  readonly actionGroupId: string;
}

const notification = (thresholdType: "Actual" | "Forecasted", threshold: number) => ({
  thresholdType,
  threshold,
  operator: "GreaterThan",
});

/**
 * Gives a resource group a monthly budget, which tells when 80 % and all of it are spent, and when the forecast is above it.
 * It stands on the subscription, because a deny assignment of Databricks guards the workspace's managed group.
 */
export function addBudget(scope: Construct, id: string, props: BudgetProps): void {
  new ConsumptionBudgetSubscription(scope, id, {
    name: props.name,
    subscriptionId: props.subscriptionId,
    amount: props.amount,
    timeGrain: "Monthly",
    // Azure refuses a past month at first, and any other start later means another budget: the month of the first plan stays.
    timePeriod: { startDate: Fn.formatdate("YYYY-MM-01'T'00:00:00'Z'", Fn.plantimestamp()) },
    lifecycle: { ignoreChanges: ["time_period"] },
    filter: { dimension: [{ name: "ResourceGroupName", values: [props.resourceGroupName] }] },
    notification: [notification("Actual", 80), notification("Actual", 100), notification("Forecasted", 100)].map(
      (limit) => ({ ...limit, contactGroups: [props.actionGroupId] }),
    ),
  });
}
