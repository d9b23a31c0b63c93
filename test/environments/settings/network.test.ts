import { anIPv4Block, refuses } from "../refusals";

refuses([
  [
    "no CIDR",
    { network: { addressSpace: "10.0.0.0" } },
    `dev.network.addressSpace is "10.0.0.0"; allowed: ${anIPv4Block(16, 24)}`,
  ],
  [
    "host bits",
    { network: { publicSubnet: "10.0.0.1/24" } },
    `dev.network.publicSubnet is "10.0.0.1/24"; allowed: ${anIPv4Block(16, 26)}`,
  ],
  [
    "a subnet too small",
    { network: { privateSubnet: "10.0.1.0/27" } },
    `dev.network.privateSubnet is "10.0.1.0/27"; allowed: ${anIPv4Block(16, 26)}`,
  ],
  [
    "a subnet elsewhere",
    { network: { privateSubnet: "10.1.0.0/24" } },
    'dev.network.privateSubnet is "10.1.0.0/24"; allowed: a block inside the address space 10.0.0.0/20',
  ],
  [
    "subnets that overlap",
    { network: { privateSubnet: "10.0.0.0/23" } },
    "allowed: a block that does not overlap publicSubnet, which is 10.0.0.0/24",
  ],
  [
    "endpoints among the cluster's machines",
    { network: { endpointSubnet: "10.0.1.128/27" } },
    'dev.network.endpointSubnet is "10.0.1.128/27"; allowed: a block that does not overlap privateSubnet, which is 10.0.1.0/24',
  ],
  [
    "too small a place for endpoints",
    { network: { endpointSubnet: "10.0.2.0/28" } },
    `dev.network.endpointSubnet is "10.0.2.0/28"; allowed: ${anIPv4Block(16, 27)}`,
  ],
  [
    "an access that Azure does not know",
    { network: { access: "open" } },
    'dev.network.access is "open"; allowed: one of public, private',
  ],
  [
    "private access without a place for the deployer",
    { network: { access: "private" } },
    'dev.network.deployer is missing; allowed: "inside", or a list of public IPv4 addresses such as 203.0.113.7 or of their blocks, where network.access is private',
  ],
  [
    "no decision about access, which is private by default",
    { network: { access: undefined } },
    "dev.network.deployer is missing",
  ],
  [
    "a deployer nowhere",
    { network: { access: "private", deployer: [] } },
    'dev.network.deployer is []; allowed: "inside", or a list of public IPv4 addresses',
  ],
  [
    "a deployer somewhere",
    { network: { access: "private", deployer: "outside" } },
    'dev.network.deployer is "outside"; allowed: "inside", or a list of public IPv4 addresses',
  ],
  [
    "a private address as the deployer's public one",
    { network: { access: "private", deployer: ["203.0.113.7", "10.1.2.3"] } },
    'dev.network.deployer.1 is "10.1.2.3"; allowed: a public IPv4 address such as 203.0.113.7, or a block from /8 to /30',
  ],
  [
    "a block that the storage firewall refuses",
    { network: { access: "private", deployer: ["203.0.113.6/31"] } },
    'dev.network.deployer.0 is "203.0.113.6/31"; allowed: a public IPv4 address',
  ],
  [
    "more nodes than addresses",
    { network: { publicSubnet: "10.0.3.0/26" }, cluster: { maxWorkers: 59 } },
    "dev.cluster.maxWorkers is 59; allowed: at most 58 workers and a driver in network.publicSubnet",
  ],
]);
