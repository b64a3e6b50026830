export { type EndpointFault, FAULTS, heal, inflict, SILENT } from "./endpoint-faults.ts";
export { type Fault, type Proxy, startProxy } from "./proxy.ts";
