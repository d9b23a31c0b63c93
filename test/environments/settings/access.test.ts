import { refuses } from "../refusals";

const GATEWAY = "11111111-2222-3333-4444-555555555555";

refuses([
  [
    "an empty group",
    { access: { operators: "" } },
    'dev.access.operators is ""; allowed: the name of a group of the Databricks account',
  ],
  [
    "a group that Unity Catalog does not know",
    { access: { dataScientists: "users" } },
    'dev.access.dataScientists is "users"; allowed: the name of a group of the Databricks account, of 1 to 255 characters, not admins or users',
  ],
  [
    "one group for both",
    { access: { dataScientists: "plant", operators: "plant" } },
    'dev.access.operators is "plant"; allowed: a group other than access.dataScientists',
  ],
  [
    "a name where Entra's id is needed",
    { access: { operatorsObjectId: "plant" } },
    'dev.access.operatorsObjectId is "plant"; allowed: the object id of a group in Entra',
  ],
  [
    "a producer by name",
    { access: { producers: [{ objectId: "gateway", type: "User" }] } },
    'dev.access.producers.0.objectId is "gateway"; allowed: an object id in Entra',
  ],
  [
    "a producer of no kind",
    { access: { producers: [{ objectId: GATEWAY, type: "Device" }] } },
    'dev.access.producers.0.type is "Device"; allowed: one of ServicePrincipal, Group, User',
  ],
  [
    "a producer twice",
    {
      access: {
        producers: [
          { objectId: GATEWAY, type: "User" },
          { objectId: GATEWAY, type: "Group" },
        ],
      },
    },
    `dev.access.producers.1.objectId is "${GATEWAY}"; allowed: a value other than access.producers.0.objectId`,
  ],
  [
    "an issuer that is not https",
    { federation: { issuer: "http://tokens.example", deployer: ["a"], planner: ["b"] } },
    'dev.federation.issuer is "http://tokens.example"; allowed: an https address without a query',
  ],
  [
    "an empty subject",
    { federation: { issuer: "https://tokens.example", deployer: [""], planner: ["b"] } },
    'dev.federation.deployer.0 is ""; allowed: a subject of 1 to 600 characters',
  ],
  [
    "a pull request that deploys",
    { federation: { issuer: "https://tokens.example", deployer: ["a", "b"], planner: ["b"] } },
    'dev.federation.planner.0 is "b"; allowed: a value other than federation.deployer.1: a subject stands for one identity',
  ],
  [
    "an identity that nobody can take",
    { federation: { issuer: "https://tokens.example", deployer: ["a"], planner: [] } },
    "dev.federation.planner is []; allowed: a list of at least one subject",
  ],
]);
