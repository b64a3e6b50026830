import {
  ApiError,
  type KeyCaller,
  OperatorSettings,
  type PutSettings,
  type SettingsInForce,
} from "@assay/api";
import { type Db, findSettings, hastenDuty, reviseSettings, type SettingsRow } from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { BROADCAST, RETENTION, SCORING } from "../duties/names.ts";
import { assertOutlastsCycles } from "../results/outlasting.ts";

/** What admins have set, with the defaults of everything they have not. */
export async function settingsOf(db: Db, netuid: number): Promise<OperatorSettings> {
  return OperatorSettings.parse((await findSettings(db, netuid))?.document ?? {});
}

/** The settings in force. */
export async function getSettings({ db, netuid }: Backend): Promise<SettingsInForce> {
  return settingsView(await findSettings(db, netuid));
}

/** Changes the settings that are named, unless somebody else has changed some since their author looked. */
export async function putSettings(
  backend: Backend,
  { caller, basedOn, settings, reason }: PutSettings & { caller: KeyCaller },
): Promise<SettingsInForce> {
  const { db, netuid } = backend;
  const row = await db.transaction().execute(async (trx) => {
    const before = await findSettings(trx, netuid);
    const document = OperatorSettings.parse({ ...before?.document, ...settings });
    const days = document.resultRetentionDays;
    if (settings.resultRetentionDays !== undefined) await assertOutlastsCycles(trx, { netuid, days });
    const revised = await reviseSettings(trx, { netuid, basedOn, document, updatedAt: nowOf(backend) });
    if (revised === undefined) throw changed({ basedOn, newest: before?.version ?? 0 });
    const facts = { version: revised.version, changed: settings };
    await recordAct(trx, backend, { by: caller, action: "settings.put", target: "settings", reason, facts });
    // A shorter interval counts from now, not from the end of the longer one.
    for (const name of [SCORING, BROADCAST, RETENTION])
      await hastenDuty(trx, { netuid, name, now: nowOf(backend) });
    return revised;
  });
  return settingsView(row);
}

function settingsView(row: SettingsRow | undefined): SettingsInForce {
  const settings = OperatorSettings.parse(row?.document ?? {});
  return { version: row?.version ?? 0, settings, updatedAt: row?.updatedAt.toISOString() ?? null };
}

function changed(facts: { basedOn: number; newest: number }): ApiError {
  const message = `The settings are at version ${facts.newest} by now; read them again.`;
  return new ApiError({ code: "API_SETTINGS_CHANGED", ...facts }, message);
}
