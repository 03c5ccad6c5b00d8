import { createContext, useContext } from "react";
import type { CheckProblem, Json, JsonObject } from "../../shared/staff";
import type { Path } from "./file";

/** What every field of the form works with. */
export interface Editing {
  file: JsonObject;
  /** Puts a value at a path; undefined takes it away. */
  set: (path: Path, value: Json | undefined) => void;
  /** Changes the whole file. */
  change: (next: (file: JsonObject) => JsonObject) => void;
  problems: CheckProblem[];
  /** The locale whose texts are shown. */
  locale: string;
  /** The campaign's default locale. */
  normal: string;
  readOnly: boolean;
}

/** Holds the file that is being edited. */
export const EditingContext = createContext<Editing | null>(null);

/** The file that is being edited. */
export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("a form field outside of a form");
  return editing;
}
