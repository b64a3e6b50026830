import { struct } from "../../scale/composites.ts";
import { bytes, u8, u16, u32, u64, u128 } from "../../scale/primitives.ts";

export const subnetIdentity = struct("pallet_subtensor::pallet::SubnetIdentityV3", {
  subnet_name: bytes,
  github_repo: bytes,
  subnet_contact: bytes,
  subnet_url: bytes,
  discord: bytes,
  description: bytes,
  logo_url: bytes,
  additional: bytes,
});

export const chainIdentity = struct("pallet_subtensor::pallet::ChainIdentityV2", {
  name: bytes,
  url: bytes,
  github_repo: bytes,
  image: bytes,
  discord: bytes,
  description: bytes,
  additional: bytes,
});

export const neuronCertificate = struct("pallet_subtensor::pallet::NeuronCertificate", {
  public_key: bytes,
  algorithm: u8,
});

export const axonInfo = struct("pallet_subtensor::pallet::AxonInfo", {
  block: u64,
  version: u32,
  ip: u128,
  port: u16,
  ip_type: u8,
  protocol: u8,
  placeholder1: u8,
  placeholder2: u8,
});
