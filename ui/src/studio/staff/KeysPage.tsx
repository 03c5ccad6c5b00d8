import { Button, Select, TextInput } from "@mantine/core";
import { IconKey } from "../icons";
import { useState, type FormEvent } from "react";
import { createKey, fetchKeys, revokeKey, type Key, type Role } from "../../shared/staff";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { dayWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { Confirm } from "./Confirm";
import { happened, roleChoices } from "./roles";
import { SecretOnce } from "./SecretOnce";
import css from "./staff.module.css";

const LONGEST_NAME = 80;

/** Keys by which programs use the API as staff. */
export function KeysPage() {
  const tell = useTell();
  const { data, problem, reload } = useLoaded("keys", fetchKeys);
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("reviewer");
  const [secret, setSecret] = useState("");
  const [busy, setBusy] = useState(false);
  const [ending, setEnding] = useState<Key | null>(null);

  const make = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    createKey(name.trim(), role)
      .then((made) => {
        setSecret(made.secret);
        setName("");
        reload();
      }, tell.bad)
      .finally(() => setBusy(false));
  };
  const revoke = (key: Key) => {
    setBusy(true);
    revokeKey(key.id)
      .then(() => {
        tell.good(`“${key.name}” no longer works.`);
        setEnding(null);
        reload();
      }, tell.bad)
      .finally(() => setBusy(false));
  };

  const columns: Column<Key>[] = [
    { name: "Name", value: (k) => k.name, render: (k) => <b>{k.name}</b> },
    { name: "Role", value: (k) => k.role, render: (k) => <span className={css.role}>{k.role}</span> },
    { name: "Made", value: (k) => k.created_at, render: (k) => dayWords(k.created_at), wideOnly: true },
    { name: "State", value: (k) => (happened(k.revoked_at) ? `revoked ${k.revoked_at}` : "active"), render: (k) => (happened(k.revoked_at) ? `Revoked ${dayWords(k.revoked_at)}` : <span className={css.active}>Active</span>) },
    { name: "Actions", value: () => "", buttons: true, align: "end", render: (k) => (happened(k.revoked_at) ? null : <Button size="compact-xs" variant="subtle" color="brick" onClick={() => setEnding(k)}>Revoke</Button>) },
  ];

  return (
    <div className="st-page">
      <PageHead title="API keys">A key lets a program do what a role may do. Give it the least role that does. <a href="/api/docs" target="_blank" rel="noopener">The API’s pages</a></PageHead>
      {secret ? (
        <SecretOnce label="The new key" secret={secret} onDone={() => setSecret("")}>
          It is shown only now; the server keeps no copy. Programs send it as <code>Authorization: Bearer</code>.
        </SecretOnce>
      ) : (
        <form className={css.make} onSubmit={make}>
          <TextInput label="What it is for" placeholder="Nightly export" required withAsterisk={false} maxLength={LONGEST_NAME} value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <Select label="Role" data={roleChoices} value={role} onChange={(v) => setRole((v ?? "reviewer") as Role)} />
          <Button type="submit" leftSection={<IconKey size={16} />} loading={busy && !ending} disabled={name.trim() === ""}>Make a key</Button>
        </form>
      )}
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the keys" />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconKey size={28} stroke={1.5} />} title="No key yet">First say above what it is for, then make it and copy the secret.</EmptyState>
      ) : (
        <DataTable label="API keys" file="api-keys" columns={columns} rows={data} rowKey={(k) => k.id} filterHint="Filter keys" faded={(k) => happened(k.revoked_at)} />
      )}
      {ending && (
        <Confirm title={`Revoke “${ending.name}”?`} act="Revoke" busy={busy} onAct={() => revoke(ending)} onClose={() => setEnding(null)}>
          Programs that use it are refused from now on. A revoked key can’t be brought back.
        </Confirm>
      )}
    </div>
  );
}
