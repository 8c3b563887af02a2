using System.Collections.Concurrent;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class TapLinkTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<ChannelDelivery> _delivered = new();
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<ChannelDelivery, Task<DeliveryReply>> _answer = Takes;

    [Fact]
    public async Task All_that_is_written_is_sent_in_order_and_then_the_end()
    {
        var link = Open();
        link.Restart(Guid.NewGuid());
        foreach (var number in Enumerable.Range(0, 100))
        {
            link.Write(Number(number));
        }

        link.End();
        await _over.Task.OrFail("the end");

        Assert.Equal(Enumerable.Range(0, 100), Sent());
        Assert.True(link.IsOver);
        Assert.True(_delivered.Last().Ended);
    }

    [Fact]
    public async Task A_tap_that_does_not_answer_costs_the_oldest_items_and_their_numbers_are_missing()
    {
        TaskCompletionSource answering = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = async delivery =>
        {
            await answering.Task;
            return await Takes(delivery);
        };
        var link = Open(items: 10);
        link.Restart(Guid.NewGuid());
        link.Write(Number(0));
        await _called.Task.OrFail("the first delivery");

        foreach (var number in Enumerable.Range(1, 1_000))
        {
            link.Write(Number(number));
        }

        link.End();
        answering.SetResult();
        await _over.Task.OrFail("the end");

        Assert.Equal([0, .. Enumerable.Range(991, 10)], Sent());
        Assert.Equal([0L, 991L], _delivered.Select(delivery => delivery.FirstSequence));
    }

    [Fact]
    public async Task Nothing_is_sent_before_a_tap_has_asked_but_that_there_is_something()
    {
        TapLink? link = null;
        var ring = Guid.NewGuid();
        _answer = delivery =>
        {
            // As the tap does: it asks each writer before it answers the first.
            Assert.Equal(0, link!.Restart(ring)); // Opened before.
            return Takes(delivery);
        };
        link = Open();

        link.Write(Number(0));
        link.Write(Number(1));
        link.End();
        await _over.Task.OrFail("the end");

        Assert.Empty(_delivered.First().Items);
        Assert.Equal([0, 1], Sent());
    }

    [Fact]
    public async Task What_was_sent_to_one_tap_is_not_sent_to_another_for_it_may_have_been_heard()
    {
        TaskCompletionSource<DeliveryReply> late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = _ => late.Task;
        var link = Open();
        var first = Guid.NewGuid();
        Assert.Equal((0, 0), (link.Restart(first), link.Restart(first)));
        link.Write(Number(0));
        await _called.Task.OrFail("the delivery");
        link.Write(Number(1));

        _answer = Takes;
        var next = link.Restart(Guid.NewGuid());
        late.SetResult(new() { NextSequence = 0, CreditItems = 0, CreditBytes = 0, NotYet = true });
        link.End();
        await _over.Task.OrFail("the end");

        Assert.Equal(1, next);
        Assert.Equal([0, 1], Sent());
    }

    [Fact]
    public async Task What_a_new_tap_says_it_did_not_take_is_sent_to_it_once_it_has_asked()
    {
        TapLink? link = null;
        var (asked, ring) = (0, Guid.NewGuid());
        _answer = delivery => ++asked switch
        {
            1 => Task.FromResult(new DeliveryReply { NextSequence = 0, CreditItems = 0, CreditBytes = 0, NotYet = true }),
            2 => Ask(delivery),
            _ => Takes(delivery),
        };
        link = Open();
        link.Restart(Guid.NewGuid());

        link.Write(Number(0));
        link.End();
        await _over.Task.OrFail("the end");

        Assert.Equal([1, 0, 1], _delivered.Select(delivery => delivery.Items.Length));

        Task<DeliveryReply> Ask(ChannelDelivery delivery)
        {
            Assert.Equal(0, link!.Restart(ring)); // Opened before.
            return Takes(delivery);
        }
    }

    [Fact]
    public async Task A_delivery_that_fails_is_sent_again()
    {
        var failed = 0;
        TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = delivery =>
        {
            if (++failed < 3)
            {
                throw new TimeoutException("Late.");
            }

            taken.TrySetResult();
            return Takes(delivery);
        };
        var link = Open();
        link.Restart(Guid.NewGuid());

        link.Write(Number(0));
        await AdvanceUntilAsync(taken.Task);
        link.End();
        await _over.Task.OrFail("the end");

        Assert.Equal([0, 0, 0], Sent());
    }

    [Fact]
    public async Task A_tap_that_is_gone_is_sent_nothing_more()
    {
        _answer = _ => Task.FromResult(new DeliveryReply { NextSequence = 0, CreditItems = 0, CreditBytes = 0, Gone = true });
        var link = Open();
        link.Restart(Guid.NewGuid());

        link.Write(Number(0));
        await _over.Task.OrFail("the end");
        link.Write(Number(1));
        link.End();

        Assert.Single(_delivered);
    }

    [Fact]
    public async Task A_tap_that_is_gone_for_a_former_one_is_still_sent_what_it_asked_for()
    {
        TaskCompletionSource<DeliveryReply> late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = _ => late.Task;
        var link = Open();
        link.Restart(Guid.NewGuid());
        link.Write(Number(0));
        await _called.Task.OrFail("the delivery");

        _answer = Takes;
        link.Restart(Guid.NewGuid());
        late.SetResult(new() { NextSequence = 0, CreditItems = 0, CreditBytes = 0, Gone = true });
        link.Write(Number(1));
        link.End();
        await _over.Task.OrFail("the end");

        Assert.Equal([0, 1], Sent());
    }

    [Fact]
    public async Task After_the_end_a_tap_that_cannot_be_reached_is_given_up()
    {
        _answer = _ => throw new TimeoutException("Away.");
        var link = Open();
        link.Write(Number(0));
        link.End();

        await AdvanceUntilAsync(_over.Task);

        Assert.True(link.IsOver);
    }

    [Fact]
    public void One_that_nobody_asked_for_and_that_has_nothing_ends_without_a_call()
    {
        var link = Open();

        link.End();

        Assert.True(link.IsOver);
        Assert.Empty(_delivered);
    }

    private static Task<DeliveryReply> Takes(ChannelDelivery delivery) =>
        Task.FromResult(new DeliveryReply { NextSequence = delivery.FirstSequence + delivery.Items.Length, CreditItems = 1, CreditBytes = 1 });

    private static Payload Number(int number) => Payload.Json(BitConverter.GetBytes(number));

    private IEnumerable<int> Sent() => _delivered.SelectMany(delivery => delivery.Items).Select(item => BitConverter.ToInt32(item.Bytes.Span));

    private TapLink Open(int items = 256) => new(
        new Route(this),
        new() { Reader = new("s", ".."), Epoch = 1, Channel = "c", Producer = "w", FirstSequence = 0, Items = [] },
        new() { Items = items },
        _clock,
        NullLogger.Instance,
        _ => _over.TrySetResult());

    /// <summary>Has the pauses between tries pass, each as soon as it has begun.</summary>
    private async Task AdvanceUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private sealed class Route(TapLinkTests test) : IChannelRoute
    {
        public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
        {
            test._delivered.Enqueue(delivery);
            test._called.TrySetResult();
            return await test._answer(delivery);
        }
    }
}
