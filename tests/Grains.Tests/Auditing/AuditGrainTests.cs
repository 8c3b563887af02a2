using System.Collections.Immutable;
using BlueEdge.Auditing;
using BlueEdge.Grains.Auditing;

namespace BlueEdge.Grains.Tests.Auditing;

/// <summary>Pages of the audit, of kinds that are kept apart.</summary>
public sealed class AuditGrainTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);
    private readonly ListedAudit _store = new();
    private readonly AuditGrain _grain;

    public AuditGrainTests() => _grain = new(_store);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(7), InlineData(200)]
    public async Task Pages_have_all_of_all_kinds_once_the_newest_first(int limit)
    {
        await FillAsync(300);

        var read = await ReadAllAsync(new() { Limit = limit });

        Assert.Equal(Enumerable.Range(0, 300).Reverse().Select(number => $"a{number}"), read.Select(record => record.Action));
    }

    [Fact]
    public async Task What_is_asked_for_is_there_and_nothing_else()
    {
        await FillAsync(600);

        Assert.Equal(200, (await ReadAllAsync(new() { Kind = AuditKind.Refusal })).Count);
        Assert.Equal(["a599", "a499", "a399", "a299", "a199", "a99"], (await ReadAllAsync(new() { Actor = "rare" })).Select(record => record.Action));
        Assert.Equal(["a123"], (await ReadAllAsync(new() { Action = "a123" })).Select(record => record.Action));
        Assert.Equal(300, (await ReadAllAsync(new() { Tenant = "blue", Limit = 200 })).Count);
        Assert.Empty(await ReadAllAsync(new() { Tenant = "blu" }));
    }

    [Fact]
    public async Task Who_looks_for_few_among_many_is_told_where_to_go_on()
    {
        await FillAsync(12_000);

        var first = await _grain.ReadAsync(new() { Action = "a0" }, Ct);

        Assert.Empty(first.Records);
        Assert.NotNull(first.Next);
        Assert.Equal(["a0"], (await ReadAllAsync(new() { Action = "a0" })).Select(record => record.Action));
    }

    [Fact]
    public async Task The_last_page_says_that_it_is()
    {
        await FillAsync(50);

        Assert.Null((await _grain.ReadAsync(new() { Limit = 50 }, Ct)).Next);
        Assert.NotNull((await _grain.ReadAsync(new() { Limit = 49 }, Ct)).Next);
    }

    [Theory, InlineData(""), InlineData("1-2"), InlineData("1-2-3"), InlineData("-1-2-0"), InlineData("1-2-0-"), InlineData("a-b-c"), InlineData("99999999999999999999-0-0")]
    public void What_is_no_position_is_none(string text) => Assert.Null(AuditPosition.Parse(text));

    [Fact]
    public void A_position_is_read_as_it_was_written()
    {
        AuditPosition position = new(1_790_000_000_000, 12, AuditKind.Refusal);

        Assert.Equal(position, AuditPosition.Parse(position.ToString()));
    }

    private async Task<List<AuditRecord>> ReadAllAsync(AuditQuery query)
    {
        List<AuditRecord> all = [];
        for (AuditPage? page = null; page is null || page.Next is not null;)
        {
            page = await _grain.ReadAsync(query with { Before = page?.Next }, Ct);
            all.AddRange(page.Records);
        }

        return all;
    }

    private Task FillAsync(int count) => _grain.AppendAsync(
        [
            .. Enumerable.Range(0, count).Select(number => new AuditRecord
            {
                At = Start,
                Kind = (AuditKind)(number % 3),
                Action = $"a{number}",
                Tenant = number % 2 == 0 ? "blue" : "red",
                Actor = number % 100 == 99 ? "rare" : "ada",
            }),
        ],
        Ct);

    private sealed class ListedAudit : IAuditStore
    {
        private readonly List<(AuditPosition Position, AuditRecord Record)> _records = [];

        public Task AppendAsync(ImmutableArray<AuditRecord> records)
        {
            // Several kinds have the same number, as in Redis.
            foreach (var record in records)
            {
                _records.Add((new(7, _records.Count / 3, record.Kind), record));
            }

            return Task.CompletedTask;
        }

        public Task<ImmutableArray<(AuditPosition Position, AuditRecord Record)>> ReadAsync(AuditKind kind, AuditPosition? before, int count) => Task.FromResult<ImmutableArray<(AuditPosition Position, AuditRecord Record)>>(
            [.. _records.Where(entry => entry.Record.Kind == kind && before?.IsNewerThan(entry.Position) is not false).Reverse().Take(count)]);
    }
}
