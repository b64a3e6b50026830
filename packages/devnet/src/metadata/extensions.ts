import { names, option, struct, variant, wrapper } from "../scale/composites.ts";
import { compact, fixedBytes, u8, u32, u64 } from "../scale/primitives.ts";
import { emptyTuple, h256, noBytes } from "../scale/substrate.ts";
import type { Shape } from "../scale/type.ts";

/** One transaction extension: what it adds to the extrinsic, and what it adds to the signed bytes only. */
export type Extension = { readonly identifier: string; readonly extra: Shape; readonly implicit: Shape };

const MORTAL = Object.fromEntries(
  Array.from({ length: 255 }, (_, i) => [`Mortal${i + 1}`, { index: i + 1, of: u8 }]),
);
const era = variant("sp_runtime::generic::era::Era", { Immortal: { index: 0, of: undefined }, ...MORTAL });
const mode = names("frame_metadata_hash_extension::Mode", { Disabled: 0, Enabled: 1 });

/** The extensions of spec 424, in order; those of Bittensor's own add no bytes. */
export const extensions: readonly Extension[] = [
  extension(
    "CheckNonZeroSender",
    noBytes("frame_system::extensions::check_non_zero_sender::CheckNonZeroSender"),
  ),
  extension(
    "CheckSpecVersion",
    noBytes("frame_system::extensions::check_spec_version::CheckSpecVersion"),
    u32,
  ),
  extension("CheckTxVersion", noBytes("frame_system::extensions::check_tx_version::CheckTxVersion"), u32),
  extension("CheckGenesis", noBytes("frame_system::extensions::check_genesis::CheckGenesis"), h256),
  extension("CheckMortality", wrapper("node_subtensor_runtime::check_mortality::CheckMortality", era), h256),
  extension("CheckNonce", wrapper("node_subtensor_runtime::check_nonce::CheckNonce", compact(u32))),
  extension("CheckWeight", noBytes("frame_system::extensions::check_weight::CheckWeight")),
  extension(
    "ChargeTransactionPayment",
    wrapper("pallet_transaction_payment::ChargeTransactionPayment", compact(u64)),
  ),
  extension(
    "SudoTransactionExtension",
    noBytes("node_subtensor_runtime::sudo_wrapper::SudoTransactionExtension"),
  ),
  extension("CheckShieldedTxValidity", noBytes("pallet_shield::extension::CheckShieldedTxValidity")),
  extension(
    "SubtensorTransactionExtension",
    noBytes("pallet_subtensor::extensions::subtensor::SubtensorTransactionExtension"),
  ),
  extension("DrandPriority", noBytes("pallet_drand::drand_priority::DrandPriority")),
  extension(
    "CheckMetadataHash",
    struct("frame_metadata_hash_extension::CheckMetadataHash", { mode }),
    option(fixedBytes(32)),
  ),
];

type Shaped = { readonly shape: Shape };

function extension(identifier: string, extra: Shaped, implicit: Shaped = emptyTuple): Extension {
  return { identifier, extra: extra.shape, implicit: implicit.shape };
}
