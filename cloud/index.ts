export { ActivityLog } from "./data-factory/activity-log";
export { type FactoryApiProps, factoryRoutes } from "./data-factory/factory-routes";
export { ApiError } from "./http/api-error";
export type { Route } from "./http/route";
export { hasToken, namesThisMachine } from "./http/trust";
export { LoopbackServer, type ServerProps } from "./http/server";
export { jobsRoutes } from "./databricks/jobs-routes";
export { SubmittedRuns } from "./databricks/submitted-runs";
