// The steps of the tour. Their queries are run by the tests, and the answers must be told apart.
extension Tour {
  static let steps: [Step] = [
    Step(
      title: Words("events", "الأحداث"),
      task: Words(
        "A query begins with a noun, what you ask for: `actors` are who takes part, `places` where.\n"
          + "Ask for all events of the article.",
        "يبدأ الاستعلام باسم لما تسأل عنه: `actors` (الفاعلون) من يشارك، و`places` (الأماكن) أين.\n"
          + "اسأل عن كل أحداث الخبر."),
      hints: [Words("The noun alone is enough: `events`.", "يكفي الاسم وحده: `الأحداث` أو `events`.")],
      solution: "events"),
    Step(
      title: Words("a stage", "مرحلة"),
      task: Words(
        "A bar `|` hands rows on to a stage: `| take 3` keeps three of them, `| count` counts them.\n"
          + "How many events are there?",
        "العلامة `|` تسلّم الصفوف إلى مرحلة: `| take 3` تُبقي ثلاثة، و`| عدد` تعدّها.\n"
          + "كم حدثا هناك؟"),
      hints: [
        Words("Count the rows of `events`.", "عُدّ صفوف `الأحداث`."),
        Words("Write `events | count`.", "اكتب `الأحداث | عدد`."),
      ],
      solution: "events | count"),
    Step(
      title: Words("a kind and a place", "نوع ومكان"),
      task: Words(
        "Nouns can be narrower, `statements` or `agreements`, and a clause says which: `in Brussels`.\n"
          + "Moscow prepares for guests: ask for the meetings there.",
        "قد يكون الاسم أضيق مثل `statements` (التصريحات)، والعبارة تحدد أيها: `في بروكسل`.\n"
          + "موسكو تستعد لضيوف: اسأل عن الاجتماعات فيها."),
      hints: [
        Words("The noun is `meetings`, the place Moscow.", "الاسم `الاجتماعات` والمكان موسكو."),
        Words("Write `meetings in Moscow`.", "اكتب `الاجتماعات في موسكو`."),
      ],
      solution: "meetings in Moscow"),
    Step(
      title: Words("who takes part", "من يشارك"),
      task: Words(
        "`with Lavrov` keeps what he takes part in; in Arabic or English, and Tab completes names.\n"
          + "A state takes part through those who represent it. Ask for the events with Russia.",
        "العبارة `مع لافروف` تُبقي ما يشارك فيه، بالعربية أو الإنجليزية، ويكمل Tab الأسماء.\n"
          + "وتشارك الدولة بمن يمثلها. اسأل عن الأحداث مع روسيا."),
      hints: [
        Words("The clause is `with`, after the noun.", "العبارة `مع` تأتي بعد الاسم."),
        Words("Write `events with Russia`.", "اكتب `الأحداث مع روسيا`."),
      ],
      solution: "events with Russia"),
    Step(
      title: Words("what is still to come, and when", "ما هو آت، ومتى"),
      task: Words(
        "An adjective before the noun says the status: `planned`, `occurred`, `denied`; `during 2023-05`\n"
          + "says when. Ask for the events that are planned in June 2023.",
        "صفة مع الاسم تقول الحالة: `planned` (المخططة)، و`during 2023-05` (خلال) تقول متى.\n"
          + "اسأل عن الأحداث المخططة في حزيران 2023."),
      hints: [
        Words("June 2023 is written 2023-06.", "يُكتب حزيران 2023 هكذا: 2023-06."),
        Words("Write `planned events during 2023-06`.", "اكتب `الأحداث المخططة خلال 2023-06`."),
      ],
      solution: "planned events during 2023-06"),
    Step(
      title: Words("from events to people", "من الأحداث إلى الناس"),
      task: Words(
        "Some stages lead on: `| places`, `| reports`, `| actors`, which gives each of them once.\n"
          + "Who takes part in the meetings in Moscow?",
        "بعض المراحل تقود إلى غيرها: `| places` و`| reports` و`| actors`، وكل واحد مرة.\n"
          + "من يشارك في الاجتماعات في موسكو؟"),
      hints: [
        Words("Begin with the query of step 3.", "ابدأ باستعلام الخطوة الثالثة."),
        Words("Write `meetings in Moscow | actors`.", "اكتب `meetings in Moscow | actors`."),
      ],
      solution: "meetings in Moscow | actors"),
    Step(
      title: Words("who says so", "من يقول ذلك"),
      task: Words(
        "An event stands in the model because a report tells of it. An id names one record.\n"
          + "By whose word will moscow_trilateral take place, and in which line? The stage is `| evidence`.",
        "الحدث في النموذج لأن خبرا يرويه، والمعرّف يسمي سجلا واحدا.\n"
          + "على لسان من سيُعقد moscow_trilateral، وفي أي سطر؟ المرحلة هي `| evidence`."),
      hints: [
        Words("An id is a query of its own.", "المعرّف استعلام بذاته."),
        Words("Write `moscow_trilateral | evidence`.", "اكتب `moscow_trilateral | evidence`."),
      ],
      solution: "moscow_trilateral | evidence"),
    Step(
      title: Words("groups", "المجموعات"),
      task: Words(
        "`| summarize count by place` makes groups and counts the rows of each.\n"
          + "How many events are there of each status?",
        "المرحلة `| summarize count by place` تصنع مجموعات وتعد صفوف كل منها.\n"
          + "كم حدثا لكل حالة؟"),
      hints: [
        Words("Group by `status` instead.", "اجمع حسب `status` بدلا من المكان."),
        Words("Write `events | summarize count by status`.", "اكتب `events | summarize count by status`."),
      ],
      solution: "events | summarize count by status"),
  ]
}
