import { type Kinds, withDefaults, withProperties } from "./kinds";

/** The network that Data Factory manages for a factory. */
export const MANAGED_NETWORK: Kinds = {
  "microsoft.datafactory/factories/managedvirtualnetworks/managedprivateendpoints": {
    // Until its target approves it, which nobody here does.
    complete: (endpoint) =>
      withDefaults(withProperties(endpoint, { provisioningState: "Succeeded" }), {
        connectionState: { status: "Pending", description: "", actionsRequired: "None" },
      }),
  },
};
