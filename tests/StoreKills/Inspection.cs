using System.Globalization;
using System.Text;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;

namespace BlueEdge.StoreKills;

/// <summary>All that is to be known of a worker, as text: from its model, and from the stores.</summary>
internal static class Inspection
{
    private const int All = 1_000;

    public static string OfModel(Worker worker)
    {
        var text = new StringBuilder();
        foreach (var kept in worker.Sessions.OrderBy(kept => kept.Id, StringComparer.Ordinal))
        {
            Describe(text, kept.Id, kept.Version, kept.State, kept.Items);
        }

        foreach (var engine in worker.Engines)
        {
            foreach (var group in SessionGroups.All)
            {
                Describe(text, engine, group, worker.Sessions
                    .Where(kept => SessionGroups.Of(kept.State.Status) == group && kept.Spec.Nodes.Any(node => string.Equals(node.Engine, engine, StringComparison.Ordinal)))
                    .Select(kept => kept.Id));
            }
        }

        foreach (var name in Worker.NoteNames)
        {
            DescribeNote(text, name, worker.Note(name));
        }

        return text.AppendJoin(' ', worker.Pending.Select(id => $"{id}/2")).ToString();
    }

    /// <summary>Looks for the sessions that the model has, and for what else stands in the worker's lists.</summary>
    public static async Task<string> OfStoresAsync(StoresUnderTest stores, Worker worker)
    {
        var text = new StringBuilder();
        foreach (var id in worker.Sessions.Select(kept => kept.Id).Order(StringComparer.Ordinal))
        {
            var stored = await stores.Sessions.ReadAsync(id);
            var page = await stores.Results.ReadAsync(id, stored.State.Epoch, [new() { Channel = "result", Limit = All }], CancellationToken.None);
            Describe(text, id, stored.Version, stored.State, page[0].Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span)));
        }

        foreach (var engine in worker.Engines)
        {
            foreach (var group in SessionGroups.All)
            {
                Describe(text, engine, group, (await stores.Lists.ReadAsync(tenant: null, [group], engine, before: null, All)).Select(ListedSession.SessionIdOf));
            }
        }

        foreach (var name in Worker.NoteNames)
        {
            var note = new GrainState<Note>();
            await stores.Notes.ReadStateAsync(name, worker.Grain, note);
            DescribeNote(text, name, note.RecordExists ? note.State?.Text : null);
        }

        var schedule = await stores.Schedulers.Of(worker.Domain).OpenAsync();
        return text.AppendJoin(' ', schedule.Pending.Select(request => $"{request.SessionId}/{request.Demands.Length}").Order(StringComparer.Ordinal)).ToString();
    }

    private static void Describe(StringBuilder text, string id, long version, SessionState state, IEnumerable<string> items) => text
        .Append(CultureInfo.InvariantCulture, $"{id} {version} {state.Status} {state.Epoch} {state.Reason?.Length} {state.FormerAttempts.Length}: ")
        .AppendJoin(' ', items.Select(item => $"{item.Length}{item[..Math.Min(2, item.Length)]}"))
        .AppendLine();

    private static void DescribeNote(StringBuilder text, string name, string? note) =>
        text.Append(CultureInfo.InvariantCulture, $"note {name}: {note?.Length} {note?[..2]}").AppendLine();

    private static void Describe(StringBuilder text, string engine, SessionGroup group, IEnumerable<string> ids) => text
        .Append(CultureInfo.InvariantCulture, $"{engine} {group}: ")
        .AppendJoin(' ', ids.Order(StringComparer.Ordinal))
        .AppendLine();
}
