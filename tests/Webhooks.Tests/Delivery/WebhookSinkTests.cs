using System.Reflection;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Webhooks.Tests.Delivery;

public sealed class WebhookSinkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, WebhookNews> _brought = new(StringComparer.Ordinal);
    private readonly Dictionary<int, WebhookState> _closed = [];

    [Fact]
    public async Task Each_webhook_is_brought_what_it_is_called_about()
    {
        await TakeAsync(told: 4, Said(5, "finish"), Said(6, "other"));

        Assert.Equal(["session/0"], _brought.Keys);
        Assert.Equal((4L, 6L, 0L), (_brought["session/0"].After, _brought["session/0"].UpTo, _brought["session/0"].Lost));
        Assert.Equal([5L], _brought["session/0"].Events.Select(one => one.Number));
    }

    [Fact]
    public async Task Events_that_are_gone_before_they_were_told_are_lost_to_all_webhooks()
    {
        await TakeAsync(told: 4, Said(105, "other"));

        Assert.Equal(["session/0", "session/1"], _brought.Keys.Order());
        Assert.All(_brought.Values, news => Assert.Equal((104L, 105L, 100L, 0), (news.After, news.UpTo, news.Lost, news.Events.Length)));
    }

    [Fact]
    public async Task One_that_is_done_with_gives_its_state_to_the_session_and_is_brought_nothing_again()
    {
        await TakeAsync(told: 4, Said(5, "finish"));
        Assert.Same(Grains.Closed, Assert.Single(_closed, one => one.Key == 0).Value);
        _brought.Clear();

        await TakeAsync(told: 4, Said(5, "finish"));

        Assert.Empty(_brought);
    }

    [Fact]
    public void Of_what_engines_say_only_what_webhooks_name_is_wanted() =>
        Assert.Equal(["finish", "never"], new WebhookSink(Grains.Of(_brought)).SaidTypesOf(Spec));

    private static SessionSpec Spec => new() { Channels = [], Nodes = [], Webhooks = [Webhook("finish"), Webhook("never")] };

    private Task TakeAsync(long told, params SessionEvent[] events)
    {
        var session = new ListenedSession("session", Noon, Spec, Trace: null, told) { ClosedWebhooks = _closed };
        return new WebhookSink(Grains.Of(_brought)).TakeAsync(session, [.. events], TestContext.Current.CancellationToken);
    }

    private static WebhookSpec Webhook(string type) => new() { StatusTypes = [type], CallbackUrl = new("https://example.org/") };

    private static SessionEvent Said(int number, string type) =>
        new() { Number = number, At = Noon, Kind = SessionEventKind.EngineSaid, Epoch = 1, Said = new() { Type = type, Message = new byte[1] } };

    /// <summary>Grains that remember what they are brought.</summary>
#pragma warning disable CA1852 // What implements the interfaces is made of it.
    private class Grains : DispatchProxy
#pragma warning restore CA1852
    {
        /// <summary>What each says that its session is to store.</summary>
        public static readonly WebhookState Closed = new();

        private Dictionary<string, WebhookNews> _brought = [];
        private string _key = "";

        public static IGrainFactory Of(Dictionary<string, WebhookNews> brought)
        {
            var grains = Create<IGrainFactory, Grains>();
            ((Grains)(object)grains)._brought = brought;
            return grains;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (args is [WebhookNews news, ..])
            {
                _brought.Add(_key, news);
                return Task.FromResult<WebhookState?>(Closed);
            }

            var grain = Create<IWebhookGrain, Grains>();
            ((Grains)(object)grain)._brought = _brought;
            ((Grains)(object)grain)._key = (string)args![0]!; // A grain is got by its key.
            return grain;
        }
    }
}
