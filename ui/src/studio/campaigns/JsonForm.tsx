import { Button, Textarea } from "@mantine/core";
import { IconDownload } from "../icons";
import { useEffect, useRef, useState } from "react";
import type { Json } from "../../shared/staff";
import { download } from "../data/csv";
import { useEditing } from "./editing";
import { isObject, same, textAt } from "./file";
import css from "./form.module.css";

const written = (file: Json) => JSON.stringify(file, null, 2);

/** The whole file as JSON; what is typed is taken over as soon as it can be read. */
export function JsonForm() {
  const { file, change, readOnly } = useEditing();
  const [text, setText] = useState(() => written(file));
  const [error, setError] = useState("");
  const taken = useRef(file);

  useEffect(() => {
    // A change from elsewhere, such as undoing all, is shown; one's own typing is left as it stands.
    if (same(taken.current, file)) return;
    taken.current = file;
    setText(written(file));
    setError("");
  }, [file]);

  const type = (next: string) => {
    setText(next);
    let read: Json;
    try {
      read = JSON.parse(next) as Json;
    } catch (thrown) {
      return setError(`This is not JSON yet: ${(thrown as Error).message}. The file keeps what it had.`);
    }
    if (!isObject(read)) return setError("A campaign file is one object, in curly brackets.");
    setError("");
    const object = read;
    taken.current = object;
    change(() => object);
  };

  return (
    <>
      <Textarea
        label="Campaign file" description="Fields that the form does not know are kept." value={text} readOnly={readOnly} error={error || undefined}
        classNames={{ input: css.json }} minRows={24} maxRows={48} spellCheck={false} autoComplete="off" onChange={(e) => type(e.currentTarget.value)}
      />
      <Button className={css.end} variant="default" size="xs" leftSection={<IconDownload size={15} />} onClick={() => download(`${textAt(file, ["slug"]) || "campaign"}.json`, written(file) + "\n", "application/json")}>Download the file</Button>
    </>
  );
}
