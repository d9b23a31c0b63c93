import { ApiError } from "../http/api-error";

/** What is refused, in the shape that Databricks gives to it. */
export class DatabricksError extends ApiError {
  constructor(message: string, code = "INVALID_PARAMETER_VALUE", status = 400) {
    super(status, code, message);
  }

  override get body(): object {
    return { error_code: this.code, message: this.message };
  }
}

export function missing(message: string): DatabricksError {
  return new DatabricksError(message, "RESOURCE_DOES_NOT_EXIST", 404);
}

export function alreadyThere(message: string): DatabricksError {
  return new DatabricksError(message, "RESOURCE_ALREADY_EXISTS");
}
