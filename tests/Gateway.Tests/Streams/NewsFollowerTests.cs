using System.Collections.Concurrent;
using System.Globalization;
using BlueEdge.Callers;
using BlueEdge.Gateway.Tests.Callers;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>How a gateway hears of all sessions from silos that come, go, stop to answer and tell too much.</summary>
public sealed class NewsFollowerTests
{
    [Fact]
    public async Task What_every_silo_tells_comes_in_its_order()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.News.Set("events/a", "events/b");
        await using var console = await ListenAsync(gateway);

        for (var number = 1; number <= 300; number++)
        {
            gateway.Grains.News["events/a"].Tell(News("a", number));
            gateway.Grains.News["events/b"].Tell(News("b", number));
        }

        var heard = await console.TakeAsync(600);
        Assert.All((string[])["a", "b"], session => Assert.Equal(
            Enumerable.Range(1, 300).Select(number => (long)number),
            heard.Where(each => each.Data.GetProperty("sessionId").GetString() == session).Select(each => each.Data.GetProperty("number").GetInt64())));
    }

    [Fact]
    public async Task A_silo_that_comes_is_listened_to_and_the_console_told_that_something_may_be_missing()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var console = await ListenAsync(gateway);

        gateway.Grains.News.Set(FakeSiloNewsList.First, "events/second");
        var gap = Assert.Single(await console.TakeAsync(1));
        gateway.Grains.News["events/second"].Tell(News("new", 1));

        Assert.Equal(("gap", "{}"), (gap.Type, gap.Data.GetRawText()));
        Assert.Equal("new", (await console.TakeAsync(1))[0].Data.GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task A_silo_that_goes_is_told_as_a_gap_and_listened_to_no_more()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.News.Set(FakeSiloNewsList.First, "events/second");
        await using var console = await ListenAsync(gateway);

        gateway.Grains.News.Set(FakeSiloNewsList.First);

        Assert.Equal("gap", (await console.TakeAsync(1))[0].Type);
        await gateway.Grains.News["events/second"].HasReadersAsync(0);
    }

    [Fact]
    public async Task What_a_silo_let_go_before_it_was_read_is_told_as_a_gap()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var console = await ListenAsync(gateway);
        var ring = gateway.Grains.News[FakeSiloNewsList.First];
        var open = new TaskCompletionSource();
        ring.Tell(News("s", 1));
        await console.TakeAsync(1);
        await ring.HasReadersAsync(1);

        gateway.Grains.Trouble = _ => open.Task;
        ring.Tell(News("s", 2));
        await console.TakeAsync(1);
        ring.Tell(News("s", 3));
        ring.Drop();
        ring.Tell(News("s", 4));
        open.SetResult();
        var dropped = await console.TakeAsync(2);
        ring.Renew();
        var renewed = await console.TakeAsync(1);

        Assert.Equal(["gap", "sessionStatusChanged"], dropped.Select(each => each.Type));
        Assert.Equal(4, dropped[1].Data.GetProperty("number").GetInt64());
        Assert.Equal("gap", renewed[0].Type);
    }

    [Fact]
    public async Task While_silos_do_not_answer_nothing_is_lost()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var console = await ListenAsync(gateway);
        var failures = 0;
        gateway.Grains.Trouble = _ => (Interlocked.Increment(ref failures) % 4) switch
        {
            1 => throw new SiloUnavailableException(),
            2 => throw new OrleansException("away"),
            _ => Task.CompletedTask,
        };

        for (var number = 1; number <= 5; number++)
        {
            gateway.Grains.News[FakeSiloNewsList.First].Tell(News("s", number));
            Assert.Equal(number, (await console.TakeAsync(1))[0].Data.GetProperty("number").GetInt64());
        }

        Assert.True(failures > 2, "Nothing failed.");
    }

    [Fact]
    public async Task Nobody_hears_of_sessions_of_another_tenant()
    {
        await using var gateway = await StubGateway.StartAsync(services: services => services.AddSingleton<IStartupFilter, CallerStartupFilter>());
        ConcurrentQueue<string> callers = [];
        gateway.Grains.Trouble = _ =>
        {
            callers.Enqueue(Caller.Current.Tenant);
            return Task.CompletedTask;
        };
        gateway.Http.DefaultRequestHeaders.Add(CallerStartupFilter.Header, "blue");
        await using var blue = await ListenAsync(gateway);
        gateway.Http.DefaultRequestHeaders.Remove(CallerStartupFilter.Header);
        await using var others = await ListenAsync(gateway);

        gateway.Grains.News[FakeSiloNewsList.First].Tell(News("red", 1) with { Tenant = "red" }, News("blue", 1) with { Tenant = "blue" }, News("none", 1), News("blue", 2) with { Tenant = "blue" });

        Assert.Equal(["blue", "blue"], (await blue.TakeAsync(2)).Select(each => each.Data.GetProperty("sessionId").GetString()));
        Assert.Equal("none", (await others.TakeAsync(1))[0].Data.GetProperty("sessionId").GetString());
        Assert.All(callers, caller => Assert.Equal(Caller.DefaultTenant, caller));
    }

    [Fact]
    public async Task Silos_are_read_once_for_all_and_only_while_somebody_listens()
    {
        await using var gateway = await StubGateway.StartAsync();
        var ring = gateway.Grains.News[FakeSiloNewsList.First];
        Assert.Equal(0, ring.Readers);
        var first = await ListenAsync(gateway);
        var second = await ListenAsync(gateway);
        ring.Tell(News("s", 1));
        await first.TakeAsync(1);
        await second.TakeAsync(1);
        Assert.InRange(ring.Readers, 0, 1);

        await first.DisposeAsync();
        await second.DisposeAsync();
        await ring.HasReadersAsync(0);

        await using var third = await ListenAsync(gateway);
        ring.Tell(News("s", 2));
        Assert.Equal(2, (await third.TakeAsync(1))[0].Data.GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_told_how_much_was_dropped_and_holds_nobody_up()
    {
        const int Count = 4_000;
        await using var gateway = await StubGateway.StartAsync();
        await using var slow = await ListenAsync(gateway);
        await using var quick = await ListenAsync(gateway);
        var ring = gateway.Grains.News[FakeSiloNewsList.First];
        var filling = new string('x', 15_000);

        for (var number = 1; number <= Count; number += 100)
        {
            // The quick one keeps up with each hundred.
            ring.Tell([.. Enumerable.Range(number, 100).Select(each => News("s", each, filling))]);
            Assert.Equal(number + 99, (await quick.TakeAsync(100))[^1].Data.GetProperty("number").GetInt64());
        }

        var (told, missed, last) = (0L, 0L, 0L);
        while (last < Count)
        {
            var next = (await slow.TakeAsync(1))[0];
            if (next.Type is "gap")
            {
                missed += next.Data.GetProperty("missed").GetInt64();
            }
            else
            {
                told++;
                last = next.Data.GetProperty("number").GetInt64();
                Assert.Equal(told + missed, last);
            }
        }

        Assert.True(missed > 0, "Nothing was dropped.");
    }

    private static async Task<Listener> ListenAsync(StubGateway gateway)
    {
        var console = await Listener.OpenAsync(gateway.Http, "events");
        Assert.Equal("listening", (await console.TakeAsync(1))[0].Type);
        return console;
    }

    private static SessionNews News(string session, long number, string? reason = null) => new()
    {
        SessionId = session,
        Engines = ["hello"],
        Status = SessionStatus.Pending,
        Events =
        [
            new()
            {
                Number = number,
                At = DateTimeOffset.Parse("2026-11-27T00:00:00Z", CultureInfo.InvariantCulture),
                Kind = SessionEventKind.StatusChanged,
                Epoch = 1,
                Status = SessionStatus.Pending,
                Reason = reason,
            },
        ],
    };
}
