using BlueEdge.Auditing;

namespace BlueEdge.Store.Tests.Auditing;

/// <summary>What holds of the audit in every form. 200 records of each kind are kept here.</summary>
public abstract class AuditFacts : StoreFacts
{
    [Fact]
    public async Task Records_come_back_whole_the_newest_first_by_their_kind()
    {
        AuditRecord full = new()
        {
            At = Now,
            Kind = AuditKind.Change,
            Action = "revokeKey",
            Actor = "ada \"quoted\" ü",
            By = "token",
            Tenant = "blue",
            Target = "key-1",
            From = "2001:db8::1",
            Status = 200,
            Count = 3,
        };
        await Stores.Audit.AppendAsync([full, Record(AuditKind.Refusal, 1), Record(AuditKind.Refusal, 2)]);
        await Stores.Audit.AppendAsync([]);

        Assert.Equal([full], await ReadAsync(AuditKind.Change));
        Assert.Equal(["a2", "a1"], (await ReadAsync(AuditKind.Refusal)).Select(record => record.Action));
        Assert.Empty(await ReadAsync(AuditKind.Submission));
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended()
    {
        await Stores.Audit.AppendAsync([.. Enumerable.Range(0, 50).Select(number => Record(AuditKind.Submission, number))]);
        List<string> actions = [];
        AuditPosition? before = null;
        for (var pages = 0; pages < 6; pages++)
        {
            var page = await Stores.Audit.ReadAsync(AuditKind.Submission, before, 10);
            Assert.All(page, entry => Assert.True(before?.IsNewerThan(entry.Position) is not false));
            actions.AddRange(page.Select(entry => entry.Record.Action));
            before = page is [.., var last] ? last.Position : before;
        }

        Assert.Equal(Enumerable.Range(0, 50).Reverse().Select(number => $"a{number}"), actions);
    }

    [Fact]
    public async Task A_position_parts_the_records_of_all_kinds()
    {
        for (var number = 0; number < 20; number++)
        {
            await Stores.Audit.AppendAsync([Record(AuditKind.Refusal, number), Record(AuditKind.Change, number), Record(AuditKind.Submission, number)]);
        }

        List<(AuditPosition Position, AuditRecord Record)> all = [];
        foreach (var kind in Enum.GetValues<AuditKind>())
        {
            all.AddRange(await Stores.Audit.ReadAsync(kind, before: null, 100));
        }

        foreach (var (position, _) in all)
        {
            List<AuditPosition> older = [];
            foreach (var kind in Enum.GetValues<AuditKind>())
            {
                older.AddRange((await Stores.Audit.ReadAsync(kind, position, 100)).Select(entry => entry.Position));
            }

            Assert.Equal(all.Select(entry => entry.Position).Where(position.IsNewerThan).ToHashSet(), [.. older]);
        }
    }

    [Fact]
    public async Task The_newest_of_each_kind_stay_however_many_there_are_of_another()
    {
        await Stores.Audit.AppendAsync([Record(AuditKind.Change, 0)]);
        for (var batch = 0; batch < 20; batch++)
        {
            await Stores.Audit.AppendAsync([.. Enumerable.Range(0, 250).Select(number => Record(AuditKind.Refusal, (batch * 250) + number))]);
        }

        Assert.Single(await ReadAsync(AuditKind.Change));
        var left = await ReadAsync(AuditKind.Refusal);
        Assert.InRange(left.Count, 200, 1_500);
        Assert.Equal(Enumerable.Range(0, left.Count).Select(number => $"a{4_999 - number}"), left.Select(record => record.Action));
    }

    private AuditRecord Record(AuditKind kind, int number) => new() { At = Now, Kind = kind, Action = $"a{number}" };

    private async Task<List<AuditRecord>> ReadAsync(AuditKind kind) => [.. (await Stores.Audit.ReadAsync(kind, before: null, 10_000)).Select(entry => entry.Record)];
}
