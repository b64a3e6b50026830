import { declareFailover } from "./failover-suite.ts";

declareFailover("before it sends");
