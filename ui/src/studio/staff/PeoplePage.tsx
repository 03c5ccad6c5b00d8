import { Button, Select } from "@mantine/core";
import { IconLink, IconUsers } from "../icons";
import { useState } from "react";
import { endAccess, fetchPeople, invite, type InviteLink, type Person, type Role } from "../../shared/staff";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { dayWords, whenWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { Confirm } from "./Confirm";
import { happened, roleChoices } from "./roles";
import { SecretOnce } from "./SecretOnce";
import css from "./staff.module.css";

/** Everybody of the staff; a new one comes by a link that works once. */
export function PeoplePage() {
  const { me } = useSeat();
  const tell = useTell();
  const { data, problem, reload } = useLoaded("people", fetchPeople);
  const [role, setRole] = useState<Role>("reviewer");
  const [link, setLink] = useState<InviteLink | null>(null);
  const [busy, setBusy] = useState(false);
  const [ending, setEnding] = useState<Person | null>(null);

  const make = () => {
    setBusy(true);
    invite(role).then(setLink, tell.bad).finally(() => setBusy(false));
  };
  const end = (person: Person) => {
    setBusy(true);
    endAccess(person.id)
      .then(() => {
        tell.good(`${person.name} is signed out everywhere and can’t come back.`);
        setEnding(null);
        reload();
      }, tell.bad)
      .finally(() => setBusy(false));
  };

  const columns: Column<Person>[] = [
    { name: "Name", value: (p) => p.name, render: (p) => <><b>{p.name}</b>{p.id === me.id && <span className="st-soft"> (you)</span>}</> },
    { name: "Role", value: (p) => p.role, render: (p) => <span className={css.role}>{p.role}</span> },
    { name: "Since", value: (p) => p.created_at, render: (p) => dayWords(p.created_at), wideOnly: true },
    { name: "Access", value: (p) => (happened(p.ended_at) ? `ended ${p.ended_at}` : "active"), render: (p) => (happened(p.ended_at) ? `Ended ${dayWords(p.ended_at)}` : <span className={css.active}>Active</span>) },
    { name: "Actions", value: () => "", buttons: true, align: "end", render: (p) => (happened(p.ended_at) || p.id === me.id ? null : <Button size="compact-xs" variant="subtle" color="brick" onClick={() => setEnding(p)}>End access</Button>) },
  ];

  return (
    <div className="st-page">
      <PageHead title="Staff">People sign in by a link that works once. Nobody has a password here.</PageHead>
      {link ? (
        <SecretOnce label="The link for your colleague" secret={link.link} onDone={() => { setLink(null); reload(); }}>
          It is shown only now, works once, and ends {whenWords(link.expires_at)}. Hand it over on a way you trust.
        </SecretOnce>
      ) : (
        <div className={css.make}>
          <Select label="Invite someone as" data={roleChoices} value={role} onChange={(v) => setRole((v ?? "reviewer") as Role)} />
          <Button leftSection={<IconLink size={16} />} loading={busy && !ending} onClick={make}>Make an invite link</Button>
        </div>
      )}
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the staff" />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title="Nobody yet">First make an invite link above and hand it to a colleague.</EmptyState>
      ) : (
        <DataTable label="Staff" file="staff" columns={columns} rows={data} rowKey={(p) => p.id} filterHint="Filter people" faded={(p) => happened(p.ended_at)} />
      )}
      {ending && (
        <Confirm title={`End ${ending.name}’s access?`} act="End access" busy={busy} onAct={() => end(ending)} onClose={() => setEnding(null)}>
          They are signed out everywhere at once. What they decided stays. To let them back in, make a new invite link.
        </Confirm>
      )}
    </div>
  );
}
