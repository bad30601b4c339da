/** What a format for people may use; formats for machines ignore it. */
export interface RenderOptions {
  /** Whether to write ANSI colours: only on a terminal that wants them. */
  readonly color: boolean;
  /** Width of the terminal. Nothing is wrapped; a narrow one only gets no columns. */
  readonly columns: number;
}
