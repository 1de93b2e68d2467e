import EDTF

/// Collects columns and lays them out, as a `StoreBuilder` does records: events in the order of their times, reports by
/// event and date. What comes in stands in any order, under numbers; what leaves is a store.
///
///     events         0  e7   2023-05-02          →   e10  2023-05-01     by time, then by id
///                    1  e10  2023-05-01              e7   2023-05-02
///     participants   (0, a3) (1, a2) (0, a1)     →   a2 | a3 a1          by event, then as they came
///
/// All of it is done by several threads, each of which has a part of the rows.
package struct StoreColumns {
  package var threads = Threads.available
  package var vocabulary: Vocabulary
  package var actors: [Actor] = []
  package var places: [Place] = []
  package var topics: [Topic] = []
  package var articles = ArticleColumns()
  /// The articles by the numbers of their ids, where these are numbers.
  package var articlesByID: Column<UInt32>?
  /// The different times of events, and the dates of reports.
  package var times: [EDTFTime] = []
  package var events = Events()
  package var participants = Participants()
  package var contexts = Values()
  package var eventTopics = Values()
  package var reports = Reports()

  package init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// The same for all rows, or one each; -1 is none.
  package enum Codes {
    case same(Int32)
    case each(Memory<Int32>)
    /// Codes below 255, which is none.
    case bytes(Memory<UInt8>)

    @inlinable package subscript(row: Int) -> Int32 {
      switch self {
      case .same(let code): code
      case .each(let codes): codes.base[row]
      case .bytes(let codes): codes.base[row] == UInt8.max ? -1 : Int32(codes.base[row])
      }
    }
  }

  package struct Events {
    package var ids = TextColumn()
    package var type = Codes.same(-1)
    package var mode = Codes.same(-1)
    package var score = Codes.same(-1)
    package var place = Codes.same(-1)
    /// Indices of `times`.
    package var time = Codes.same(-1)
    /// nil: none has one.
    package var label: RecordColumn<LocalizedText>?
    package var count: Int { ids.count }
    package init() {}
  }

  /// What events have several of, in the order in which it was said.
  package struct Values {
    package var event = Memory<Int32>(count: 0)
    package var value = Memory<Int32>(count: 0)
    package init() {}
  }

  package struct Participants {
    package var event = Memory<Int32>(count: 0)
    package var actor = Codes.same(-1)
    package var role = Codes.same(0)
    package var certainty = Codes.same(0)
    /// By which entry they were said: what another says is said anew.
    package var entry = Codes.same(0)
    package init() {}
  }

  package struct Reports {
    package var event = Memory<Int32>(count: 0)
    package var article = Codes.same(-1)
    package var source = Codes.same(-1)
    package var status = Codes.same(0)
    package var certainty = Codes.same(0)
    /// Of its own: an index of `times`.
    package var date = Codes.same(-1)
    package var gist: RecordColumn<LocalizedText>?
    /// By which definition they were said.
    package var entry = Codes.same(0)
    package init() {}
  }

  package struct Outcome {
    package let store: EventStore
    /// The rows of `participants` and of `reports` that say what one before them has said.
    package var repeatedParticipants: [UInt32] = []
    package var repeatedReports: [UInt32] = []
    package var repeatedContexts: [UInt32] = []
    package var repeatedTopics: [UInt32] = []
  }
}

extension CodeColumn {
  init(_ codes: StoreColumns.Codes, order: Memory<UInt32>, threads: Int) {
    switch codes {
    case .same(let code): self.init(layout: .same(Code(truncatingIfNeeded: code)), count: order.count)
    case .each(let codes): self.init(codes, order: order, threads: threads)
    case .bytes(let codes): self.init(bytes: codes, order: order, threads: threads)
    }
  }
}
