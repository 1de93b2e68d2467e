/// How a report looks: calm on a screen, in light and in dark rooms, and on paper.
enum ReportStyle {
  static let css = """
    :root{--ink:#1f2328;--quiet:#57606a;--line:#d0d7de;--ground:#fff;--soft:#f6f8fa;--link:#0b5cad;--right:#1a7f37;\
    --wrong:#b3261e;--word:#8250df;--text:#0a3069}
    @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--quiet:#9aa4af;--line:#30363d;--ground:#0d1117;--soft:#161b22;\
    --link:#6cb0ff;--right:#56d364;--wrong:#ff8a80;--word:#d2a8ff;--text:#a5d6ff}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.65 system-ui,"Noto Sans","Noto Naskh Arabic",sans-serif}
    main{max-width:62rem;margin:0 auto;padding:3rem 1.5rem 5rem}
    h1,h2,h3{line-height:1.25;margin:2.5em 0 .6em;text-wrap:balance}
    h1{font-size:2.1rem;margin-top:0}h2{font-size:1.45rem}h3{font-size:1.1rem;margin-top:1.8em}
    p,ul,ol{max-width:42rem;margin:0 0 1em}
    a{color:var(--link)}a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);\
    outline-offset:2px}
    .skip{position:absolute;inset-inline-start:-999px}.skip:focus{position:static;display:block;padding:.5rem 1.5rem}
    figure{margin:1.8rem 0}
    pre{margin:0 0 .8rem;overflow-x:auto;font:14px/1.55 ui-monospace,"DejaVu Sans Mono",monospace;white-space:pre-wrap}
    code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9em}
    .query{color:var(--quiet);border-inline-start:3px solid var(--line);padding-inline-start:.9rem}
    .query .k{color:var(--word)}.query .q{color:var(--text)}.query .n{color:var(--link)}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums;min-width:50%}
    caption{caption-side:bottom;text-align:start;color:var(--quiet);font-size:.85rem;padding:.5rem 0}
    th,td{text-align:start;vertical-align:top;padding:.4rem 1.2rem .4rem 0;border-bottom:1px solid var(--line)}
    [dir=rtl] th,[dir=rtl] td{padding:.4rem 0 .4rem 1.2rem}
    th{font-weight:600;border-bottom-width:2px}
    .number{text-align:end}.told{color:var(--quiet);font-size:.85rem;white-space:nowrap}.none,.quiet{color:var(--quiet)}
    .said{font-weight:600;margin-top:1.6em}
    .check.right span{color:var(--right)}.check.wrong span{color:var(--wrong)}.check.wrong{font-weight:600}
    .failure{background:var(--soft);border:1px solid var(--wrong);border-radius:6px;padding:1rem;white-space:pre}
    details{margin:.8rem 0}summary{cursor:pointer;color:var(--quiet);font-size:.9rem}
    .events{margin-top:4rem;border-top:1px solid var(--line)}
    article{margin:0 0 2rem}article:target{background:var(--soft);outline:1rem solid var(--soft)}
    svg{max-width:none;display:block}
    @media print{:root{--ink:#000;--ground:#fff;--link:#000}body{font-size:10.5pt}main{max-width:none;padding:0}\
    .skip,details:not([open]){display:none}.scroll{overflow:visible}table,figure,article{break-inside:avoid}\
    svg{max-width:100%;height:auto}}
    """
}
