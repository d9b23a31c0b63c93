/** Who has to mend a failure: whoever wrote the pipeline, or whoever runs the service. */
export type FailureType = "UserError" | "SystemError";

/** What `activity('x').error` reads. */
export interface ErrorFields {
  readonly errorCode: string;
  readonly failureType: FailureType;
  /** Default: the activity that failed. */
  readonly target?: string | undefined;
}

/** Why an attempt failed, in the service's fields. */
export class ActivityError extends Error implements ErrorFields {
  readonly errorCode: string;
  readonly failureType: FailureType;
  readonly target: string | undefined;

  constructor(
    message: string,
    { errorCode = "ActionFailed", failureType = "UserError", target }: Partial<ErrorFields>,
  ) {
    super(message);
    this.errorCode = errorCode;
    this.failureType = failureType;
    this.target = target;
  }
}
