import { otherSignIns } from "../databricks-sign-in";
import { ok, problem, type Check } from "./check";

/** `npm run deploy` leaves these variables out, and a deployment by hand cannot: databricks/terraform-provider-databricks#266. */
export const signIns: Check = {
  name: "one sign-in",
  run: ({ variables }) => {
    const others = otherSignIns(variables).join(" ");
    return Promise.resolve(
      others === ""
        ? ok("Databricks is entered by Azure's sign-in")
        : problem(`Databricks' provider refuses ${others} beside Azure's sign-in: unset ${others}`),
    );
  },
};
