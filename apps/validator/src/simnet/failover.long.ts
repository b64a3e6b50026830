import { declareFailover } from "./failover-suite.ts";

declareFailover("while it waits");
