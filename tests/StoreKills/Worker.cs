using System.Globalization;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.StoreKills;

/// <summary>
/// One of those who write at once: its steps, and what has to be stored after each, follow from the seed and its number alone, so
/// that who counts its answers knows all that must be there.
/// </summary>
internal sealed class Worker
{
    private const int MostSessions = 12;
    private const string Channel = "result";
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _name;
    private readonly SortedDictionary<string, int> _pending = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _notes = new(StringComparer.Ordinal);
    private List<Kept> _sessions = [];
    private Dice _dice;
    private int _steps;

    public Worker(ulong seed, int number)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"{seed:x}-{number}");
        _dice = new((seed * 1_000) + (ulong)number + 1);
    }

    private Worker(Worker other)
    {
        (_name, _dice, _steps, _sessions) = (other._name, other._dice, other._steps, [.. other._sessions]);
        foreach (var (id, rank) in other._pending)
        {
            _pending.Add(id, rank);
        }

        foreach (var (name, text) in other._notes)
        {
            _notes.Add(name, text);
        }
    }

    /// <summary>The names of the states that the worker's grain may have.</summary>
    public static IReadOnlyList<string> NoteNames { get; } = ["a", "b", "c"];

    public IReadOnlyList<Kept> Sessions => _sessions;

    public IEnumerable<string> Pending => _pending.Keys;

    public string Domain => _name;

    public GrainId Grain => GrainId.Create("worker", _name);

    public IEnumerable<string> Engines => [$"{_name}-a", $"{_name}-b"];

    public Worker Clone() => new(this);

    /// <summary>The state of its grain by that name, or <see langword="null"/>.</summary>
    public string? Note(string name) => _notes.GetValueOrDefault(name);

    /// <summary>Takes the next step in the model, and answers with what it does to the stores.</summary>
    public Func<StoresUnderTest, ISchedulerStore, Task> Next()
    {
        _steps++;
        var at = _sessions.Count == 0 ? -1 : _dice.Below(_sessions.Count);
        return _dice.Below(12) switch
        {
            < 2 when _sessions.Count < MostSessions => Create(),
            < 5 when at >= 0 && !_sessions[at].State.Status.IsTerminal() => Append(at),
            < 6 => Enlist(),
            < 7 when _pending.Count > 0 => Withdraw(),
            < 9 => WriteNote(),
            _ when at < 0 => Create(),
            _ when _sessions[at].State.Status.IsTerminal() => _dice.Below(3) == 0 ? Zombie(at) : Remove(at),
            _ => Advance(at),
        };
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> Create()
    {
        var id = _dice.Id();
        var spec = new SessionSpec
        {
            Channels = [new() { Name = Channel, Type = ChannelType.Json, Interested = true }],
            Nodes = [.. Engines.Take(1 + _dice.Below(2)).Select(engine => new NodeSpec { Name = engine, Engine = engine, Inputs = [], Outputs = [] })],
            StartData = [new() { Channel = Channel, Payload = Payload.Json(Encoding.UTF8.GetBytes(_dice.Text(20_000))) }],
        };
        var state = SessionState.None with { Status = SessionStatus.Pending, Epoch = 1, SubmittedAt = Begin.AddMilliseconds(_steps) };
        _sessions.Add(new(id, spec, 1, state));
        return (stores, _) => stores.Sessions.WriteAsync(id, 0, spec, SessionState.None, state);
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> Advance(int at)
    {
        var kept = _sessions[at];
        var status = kept.State.Status + 1;
        var again = status is SessionStatus.Stopping && _dice.Below(3) == 0;
        var after = again
            ? kept.State with
            {
                Status = SessionStatus.Pending,
                Epoch = kept.State.Epoch + 1,
                FormerAttempts = kept.State.FormerAttempts.Add(new() { Epoch = kept.State.Epoch, Reason = "again", EndedAt = Begin }),
            }
            : kept.State with { Status = status, Reason = _dice.Text(3_000), EndedAt = status.IsTerminal() ? Begin.AddYears(1) : null };
        _sessions[at] = kept with { Version = kept.Version + 1, State = after, Items = again ? [] : kept.Items };
        return (stores, _) => stores.Sessions.WriteAsync(kept.Id, kept.Version, kept.Spec, kept.State, after);
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> Append(int at)
    {
        var kept = _sessions[at];
        string[] items = [.. Enumerable.Range(0, 1 + _dice.Below(4)).Select(_ => _dice.Text(_dice.Below(20) == 0 ? 60_000 : 600))];
        _sessions[at] = kept with { Items = kept.Items.AddRange(items) };
        return async (stores, _) =>
        {
            if (!await AppendAsync(stores, kept, items))
            {
                throw new InvalidOperationException($"Session {kept.Id} refused what its attempt wrote.");
            }
        };
    }

    /// <summary>A host that believes the session still runs.</summary>
    private Func<StoresUnderTest, ISchedulerStore, Task> Zombie(int at)
    {
        var kept = _sessions[at];
        return async (stores, _) =>
        {
            if (await AppendAsync(stores, kept, ["late"]))
            {
                throw new InvalidOperationException($"Session {kept.Id} has ended and took results.");
            }
        };
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> Remove(int at)
    {
        var kept = _sessions[at];
        _sessions.RemoveAt(at);
        return (stores, _) => stores.Lists.RemoveAsync([kept.Expired]);
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> Enlist()
    {
        var (id, rank) = (_dice.Id(), _dice.Below(5));
        _pending.Add(id, rank);
        return (_, scheduler) => CommitAsync(scheduler, model => model.Enlist(Request(id, rank)));
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> Withdraw()
    {
        var (id, rank) = _pending.First();
        _pending.Remove(id);
        return (_, scheduler) => CommitAsync(scheduler, model =>
        {
            model.Enlist(Request(id, rank));
            model.TakeChanges();
            model.Withdraw(id, 1);
        });
    }

    private Func<StoresUnderTest, ISchedulerStore, Task> WriteNote()
    {
        var name = NoteNames[_dice.Below(NoteNames.Count)];
        if (_notes.ContainsKey(name) && _dice.Below(3) == 0)
        {
            _notes.Remove(name);
            return (stores, _) => ChangeNoteAsync(stores, name, state => stores.Notes.ClearStateAsync(name, Grain, state));
        }

        var text = _notes[name] = _dice.Text(_dice.Below(20) == 0 ? 60_000 : 600);
        return (stores, _) => ChangeNoteAsync(stores, name, state =>
        {
            state.State = new() { Text = text };
            return stores.Notes.WriteStateAsync(name, Grain, state);
        });
    }

    private async Task ChangeNoteAsync(StoresUnderTest stores, string name, Func<GrainState<Note>, Task> change)
    {
        var state = new GrainState<Note>();
        await stores.Notes.ReadStateAsync(name, Grain, state);
        await change(state);
    }

    private static async Task<bool> AppendAsync(StoresUnderTest stores, Kept kept, string[] items) => await stores.Results.AppendAsync(
        new(kept.Id, "a"), kept.State.Epoch, Channel, isOnlyProducer: true, kept.Items.Length, [.. items.Select(item => Payload.Json(Encoding.UTF8.GetBytes(item)))], CancellationToken.None);

    private static Task CommitAsync(ISchedulerStore scheduler, Action<SchedulerModel> change)
    {
        var model = new SchedulerModel(bound: 10, remembered: 10);
        change(model);
        return scheduler.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));
    }

    private static EnlistRequest Request(string id, int rank) => new()
    {
        SessionId = id,
        Epoch = 1,
        Rank = rank,
        SubmittedAt = Begin,
        Demands = [new() { Engine = "one", Slots = 1 }, new() { Engine = "two", Slots = 2 }],
    };
}
