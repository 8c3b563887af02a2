using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Sessions;

namespace BlueEdge.Store.Tests.Scheduling;

public abstract class SchedulerFacts : StoreFacts
{
    private const string Domain = "domain";

    [Fact]
    public async Task What_was_committed_comes_back_in_its_order()
    {
        var store = Stores.Schedulers.Of(Domain);
        await store.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);
        var (low, high, leased) = (Request(rank: -3), Request(rank: 2), Request(rank: 0));
        model.Enlist(low);
        model.Enlist(high);
        model.Join(new() { Instance = "host-1", Engine = new() { Id = "other", Name = "other", Version = "", Inputs = [], Outputs = [], Slots = 1 }, Silo = Silo(), Host = "host", Slots = 1 });
        model.Enlist(leased with { Demands = [new() { Engine = "other", Slots = 1 }] });
        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));
        model.Withdraw(low.SessionId, 1);
        await store.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));

        var stored = await Stores.Schedulers.Of(Domain).OpenAsync();

        Assert.Equal([high.SessionId], stored.Pending.Select(request => request.SessionId));
        Assert.Equal((2, 3), (stored.Pending[0].Rank, stored.Pending[0].Demands[0].Slots));
        Assert.Equal([leased.SessionId], stored.Attempts.Select(attempt => attempt.SessionId));
        Assert.Equal(["host-1"], stored.Instances.Select(instance => instance.Attendance.Instance));
        Assert.Equal(["other"], stored.Engines.Select(engine => engine.Id));
        Assert.Empty((await Stores.Schedulers.Of("another").OpenAsync()).Pending);
    }

    [Fact]
    public async Task A_newer_token_shuts_the_older_one_out_and_nothing_of_it_is_written()
    {
        var older = Stores.Schedulers.Of(Domain);
        await older.OpenAsync();
        var newer = Stores.Schedulers.Of(Domain);
        await newer.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);
        model.Enlist(Request(rank: 0));
        var write = SchedulerWrite.Of(model.TakeChanges());

        await Assert.ThrowsAsync<SchedulerFencedException>(() => older.CommitAsync(write));

        Assert.Empty((await Stores.Schedulers.Of(Domain).OpenAsync()).Pending);
    }

    [Fact]
    public async Task A_commit_of_very_many_changes_is_one_step_and_may_be_done_again()
    {
        const int Count = 5_000;
        var store = Stores.Schedulers.Of(Domain);
        await store.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);
        for (var i = 0; i < Count; i++)
        {
            model.Enlist(Request(rank: i % 3));
        }

        var write = SchedulerWrite.Of(model.TakeChanges());
        await store.CommitAsync(write);
        await store.CommitAsync(write);

        var stored = await Stores.Schedulers.Of(Domain).OpenAsync();
        Assert.Equal(Count, stored.Pending.Count);
        Assert.Equal(stored.Pending.OrderByDescending(request => request.Rank).ThenBy(request => request.SubmittedAt).ThenBy(request => request.SessionId, StringComparer.Ordinal), stored.Pending);
    }

    private static SiloAddress Silo() => SiloAddress.New(System.Net.IPAddress.Loopback, 11_111, 1);

    private EnlistRequest Request(int rank) => new()
    {
        SessionId = SessionIds.Create(),
        Epoch = 1,
        Rank = rank,
        SubmittedAt = Now,
        Demands = [new() { Engine = "ocr", Slots = 3 }],
    };
}
