using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

/// <summary>One way to break a valid session by adding to it, and the one fault that this has to give.</summary>
public sealed record Break(
    string Code, Func<TestSession, TestSession> Apply, Func<TestSession, string> Pointer)
{
    private static Payload Json { get; } = Payload.Json("{}"u8.ToArray());

    private static WebhookSpec Webhook { get; } = new() { StatusTypes = ["finish"], CallbackUrl = new("https://example.org/hook") };

    /// <summary>What is added is new, so that several breaks do not hide each other. The pointer is asked of the session before the break.</summary>
    public static Break[] All { get; } =
    [
        new(FaultCodes.UnknownEngine, s => AddFresh(s).Change(s.Nodes, node => node with { Engine = "nobody" }), s => $"/engines/{s.Nodes}/id"),
        new(FaultCodes.Required, s => AddFresh(s).Change(s.Nodes, node => node with { Engine = "" }), s => $"/engines/{s.Nodes}/id"),
        new(FaultCodes.Required, s => s.AddNode(Fresh(s)).Change(s.Nodes, node => node with { Name = "" }), s => $"/engines/{s.Nodes}/name"),
        new(FaultCodes.DuplicateName, s => AddFresh(s).Change(s.Nodes, node => node with { Name = s.Spec.Nodes[0].Name }), s => $"/engines/{s.Nodes}/name"),
        new(FaultCodes.Malformed, s => AddFresh(s).Change(s.Nodes, node => node with { Name = $"{s.Nodes}\u0007" }), s => $"/engines/{s.Nodes}/name"),
        new(FaultCodes.Malformed, s => AddFresh(s).Change(s.Nodes, node => node with { Name = $"{s.Nodes}\ud800" }), s => $"/engines/{s.Nodes}/name"),
        new(FaultCodes.TooLarge, s => AddFresh(s).Change(s.Nodes, node => node with { Name = Fresh(s).PadRight(257, 'x') }), s => $"/engines/{s.Nodes}/name"),
        new(FaultCodes.UnknownPort, s => Link(s, input: true, (_, link) => link with { Port = "Nose" }, optional: true), s => $"/engines/{s.Nodes}/inputs/0/name"),
        new(FaultCodes.UnknownPort, s => Link(s, input: false, (_, link) => link with { Port = "Nose" }), s => $"/engines/{s.Nodes}/outputs/0/name"),
        new(FaultCodes.Required, s => Link(s, input: false, (_, link) => link with { Port = "" }), s => $"/engines/{s.Nodes}/outputs/0/name"),
        new(FaultCodes.UnknownChannel, s => Link(s, input: true, (_, link) => link with { Channel = "nowhere" }), s => $"/engines/{s.Nodes}/inputs/0/linkTo"),
        new(FaultCodes.UnknownChannel, s => Link(s, input: false, (_, link) => link with { Channel = "nowhere" }), s => $"/engines/{s.Nodes}/outputs/0/linkTo"),
        new(FaultCodes.Required, s => Link(s, input: true, (_, link) => link with { Channel = "" }), s => $"/engines/{s.Nodes}/inputs/0/linkTo"),
        new(FaultCodes.TypeMismatch, s => Link(s, input: true, (_, link) => link with { Type = ChannelType.Video }), s => $"/engines/{s.Nodes}/inputs/0/type"),
        new(FaultCodes.TypeMismatch, s => Link(s, input: false, (_, link) => link with { Type = ChannelType.Video }), s => $"/engines/{s.Nodes}/outputs/0/type"),
        new(FaultCodes.Malformed, s => Link(s, input: true, (_, link) => link with { Type = (ChannelType)(-1) }), s => $"/engines/{s.Nodes}/inputs/0/type"),
        new(FaultCodes.TypeMismatch, s => Link(s, input: true, (_, link) => link).ChangeChannel(s.Channels, channel => channel with { Type = ChannelType.File }), s => $"/engines/{s.Nodes}/inputs/0/linkTo"),
        new(FaultCodes.DuplicatePort, s => Link(s, input: true, (_, link) => link).Change(s.Nodes, node => node with { Inputs = node.Inputs.Add(node.Inputs[0]) }), s => $"/engines/{s.Nodes}/inputs/1/name"),
        new(FaultCodes.DuplicatePort, s => Link(s, input: false, (_, link) => link).Change(s.Nodes, node => node with { Outputs = node.Outputs.Add(node.Outputs[0]) }), s => $"/engines/{s.Nodes}/outputs/1/name"),
        new(FaultCodes.RequiredInputNotLinked, s => Link(s, input: true, (_, link) => link).Change(s.Nodes, node => node with { Inputs = default }), s => $"/engines/{s.Nodes}/inputs"),
        new(FaultCodes.SelfLink, s => Link(s, input: true, (_, link) => link).AddOutput(s.Nodes, Fresh(s)), s => $"/engines/{s.Nodes}/inputs/0/linkTo"),
        new(FaultCodes.DuplicateName, s => s.AddChannel(Fresh(s)).AddChannel(Fresh(s)), s => $"/dataChannels/{s.Channels + 1}/name"),
        new(FaultCodes.Required, s => s.AddChannel(" "), s => $"/dataChannels/{s.Channels}/name"),
        new(FaultCodes.Malformed, s => s.AddChannel($"{Fresh(s)}\n"), s => $"/dataChannels/{s.Channels}/name"),
        new(FaultCodes.Malformed, s => s.AddChannel(Fresh(s), (ChannelType)17), s => $"/dataChannels/{s.Channels}/type"),
        new(FaultCodes.TooLarge, s => s.AddChannel(Fresh(s).PadRight(257, 'y')), s => $"/dataChannels/{s.Channels}/name"),
        new(FaultCodes.UnknownChannel, s => s.AddStartData("nowhere", Json), s => $"/startData/{s.Spec.StartData.Length}/channelName"),
        new(FaultCodes.Required, s => s.AddStartData("", Json), s => $"/startData/{s.Spec.StartData.Length}/channelName"),
        new(FaultCodes.ChannelHasWriter, s => Link(s, input: false, (_, link) => link).AddStartData(Fresh(s), Json), s => $"/startData/{s.Spec.StartData.Length}/channelName"),
        new(FaultCodes.TypeMismatch, s => s.AddChannel(Fresh(s), ChannelType.Image).AddStartData(Fresh(s), Json), s => $"/startData/{s.Spec.StartData.Length}/payload"),
        new(FaultCodes.TypeMismatch, s => s.AddChannel(Fresh(s), ChannelType.Image).AddStartData(Fresh(s), Payload.Inline(ChannelType.Image, "text/plain", new byte[1])), s => $"/startData/{s.Spec.StartData.Length}/payload"),
        new(FaultCodes.Required, s => s.AddChannel(Fresh(s), ChannelType.Image).AddStartData(Fresh(s), Payload.Inline(ChannelType.Image, "image/png", default)), s => $"/startData/{s.Spec.StartData.Length}/payload"),
        new(FaultCodes.TooLarge, s => s.AddChannel(Fresh(s)).AddStartData(Fresh(s), Payload.Json(new byte[s.Limits.InlinePayloadBytes + 1])), s => $"/startData/{s.Spec.StartData.Length}/payload"),
        new(FaultCodes.Required, s => Say(s, new() { Key = "" }), s => $"/startData/{s.Spec.StartData.Length}/key"),
        new(FaultCodes.TooLarge, s => Say(s, new() { Key = new('k', 257) }), s => $"/startData/{s.Spec.StartData.Length}/key"),
        new(FaultCodes.Malformed, s => Say(s, new() { Key = "a\r\nb" }), s => $"/startData/{s.Spec.StartData.Length}/key"),
        new(FaultCodes.Malformed, s => Say(s, new() { Key = "\udc00" }), s => $"/startData/{s.Spec.StartData.Length}/key"),
        new(FaultCodes.TooLarge, s => Say(s, new() { Tags = [.. Enumerable.Range(0, 17).Select(number => $"{number}")] }), s => $"/startData/{s.Spec.StartData.Length}/tags"),
        new(FaultCodes.TooLarge, s => Say(s, new() { Tags = ["a", new('t', 65)] }), s => $"/startData/{s.Spec.StartData.Length}/tags/1"),
        new(FaultCodes.Required, s => Say(s, new() { Tags = ["a", null!] }), s => $"/startData/{s.Spec.StartData.Length}/tags/1"),
        new(FaultCodes.DuplicateName, s => Say(s, new() { Tags = ["a", "b", "a"] }), s => $"/startData/{s.Spec.StartData.Length}/tags/2"),
        new(FaultCodes.TooLarge, s => Say(s, new() { Attributes = new { a = new string('x', 4_096) } }), s => $"/startData/{s.Spec.StartData.Length}/attributes"),
        new(FaultCodes.Malformed, s => Say(s, new() { Attributes = "text" }), s => $"/startData/{s.Spec.StartData.Length}/attributes"),
        new(FaultCodes.Malformed, s => AddItem(s, Json with { Envelope = new() { Attributes = "{} {}"u8.ToArray() } }), s => $"/startData/{s.Spec.StartData.Length}/attributes"),
        new(FaultCodes.Malformed, s => AddItem(s, Json with { Envelope = new() { Attributes = (byte[])[.. "{\"a\":\""u8, 0xff, .. "\"}"u8] } }), s => $"/startData/{s.Spec.StartData.Length}/attributes"),
        new(FaultCodes.UnknownChannel, s => s.AddWebhook(Webhook with { ResultChannel = "nowhere" }), s => $"/webhooks/{s.Spec.Webhooks.Length}/resultChan"),
        new(FaultCodes.ChannelNotInterested, s => s.AddChannel(Fresh(s)).AddWebhook(Webhook with { ResultChannel = Fresh(s) }), s => $"/webhooks/{s.Spec.Webhooks.Length}/resultChan"),
        new(FaultCodes.Malformed, s => s.AddWebhook(Webhook with { CallbackUrl = new("ftp://example.org") }), s => $"/webhooks/{s.Spec.Webhooks.Length}/callbackUrl"),
        new(FaultCodes.Malformed, s => s.AddWebhook(Webhook with { CallbackUrl = new("/here", UriKind.Relative) }), s => $"/webhooks/{s.Spec.Webhooks.Length}/callbackUrl"),
        new(FaultCodes.Required, s => s.AddWebhook(Webhook with { StatusTypes = [] }), s => $"/webhooks/{s.Spec.Webhooks.Length}/statusTypes"),
        new(FaultCodes.Required, s => s.AddWebhook(Webhook with { StatusTypes = ["finish", ""] }), s => $"/webhooks/{s.Spec.Webhooks.Length}/statusTypes/1"),
        new(FaultCodes.Malformed, s => s.AddWebhook(Webhook with { CallbackHeader = Webhook.CallbackHeader.Add("a/b", "c") }), s => $"/webhooks/{s.Spec.Webhooks.Length}/callbackHeader/a~1b"),
        new(FaultCodes.Malformed, s => s.AddWebhook(Webhook with { CallbackHeader = Webhook.CallbackHeader.Add("a", "b\r\nc: d") }), s => $"/webhooks/{s.Spec.Webhooks.Length}/callbackHeader/a"),
        new(FaultCodes.Cycle, s => AddRing(s, 2), s => $"/engines/{s.Nodes + 1}/outputs/0/linkTo"),
        new(FaultCodes.Cycle, s => AddRing(s, 40), s => $"/engines/{s.Nodes + 39}/outputs/0/linkTo"),
    ];

    /// <summary>Breaks of what a session has but once.</summary>
    public static Break[] Settings { get; } =
    [
        new(FaultCodes.OutOfRange, s => s with { Spec = s.Spec with { WaitTime = TimeSpan.FromTicks(-1) } }, _ => "/waitTimeSecond"),
        new(FaultCodes.OutOfRange, s => s with { Spec = s.Spec with { MaxDuration = TimeSpan.Zero } }, _ => "/maxDurationSeconds"),
        new(FaultCodes.OutOfRange, s => s with { Spec = s.Spec with { MaxDuration = TimeSpan.FromDays(31) } }, _ => "/maxDurationSeconds"),
        new(FaultCodes.OutOfRange, s => s with { Spec = s.Spec with { Retry = new() { Attempts = -1 } } }, _ => "/retry/attempts"),
        new(FaultCodes.OutOfRange, s => s with { Spec = s.Spec with { Retry = new() { Attempts = 101 } } }, _ => "/retry/attempts"),
        new(FaultCodes.OutOfRange, s => s with { Spec = s.Spec with { Retry = new() { Attempts = 1, Backoff = TimeSpan.FromDays(-1) } } }, _ => "/retry/backoffSeconds"),
        new(FaultCodes.TooLarge, s => s with { Limits = new() { Engines = s.Nodes - 1 } }, _ => "/engines"),
        new(FaultCodes.TooLarge, s => s.AddChannel(Fresh(s)) with { Limits = new() { Channels = s.Channels } }, _ => "/dataChannels"),
        new(FaultCodes.Required, s => SessionGen.Empty, _ => "/engines"),
        new(FaultCodes.Required, s => SessionGen.Empty with { Spec = new() { Channels = default, Nodes = default, StartData = default, Webhooks = default } }, _ => "/engines"),
    ];

    public override string ToString() => Code;

    private static string Fresh(TestSession session) =>
        $"fresh {session.Nodes}-{session.Channels}-{session.Spec.StartData.Length}-{session.Spec.Webhooks.Length}";

    private static TestSession Say(TestSession session, ItemOptions options) => AddItem(session, Json.With(options));

    private static TestSession AddItem(TestSession session, Payload item) => session.AddChannel(Fresh(session)).AddStartData(Fresh(session), item);

    private static TestSession AddFresh(TestSession session) => session.AddNode(Fresh(session));

    /// <summary>Adds a channel and a node with one link to it.</summary>
    private static TestSession Link(
        TestSession session, bool input, Func<int, PortLinkSpec, PortLinkSpec> change, bool optional = false)
    {
        var (node, name) = (session.Nodes, Fresh(session));
        var added = session.AddNode(name).AddChannel(name);
        added = input ? added.AddInput(node, name) : added.AddOutput(node, name);
        if (optional)
        {
            var engine = added.Engines[$"{name}-engine"];
            added = added with { Engines = added.Engines.SetItem(engine.Id, engine with { Inputs = [engine.Inputs[0] with { Optional = true }] }) };
        }

        return added.Change(node, spec => input
            ? spec with { Inputs = [change(node, spec.Inputs[0])] }
            : spec with { Outputs = [change(node, spec.Outputs[0])] });
    }

    private static TestSession AddRing(TestSession session, int length)
    {
        var (first, name) = (session.Nodes, Fresh(session));
        for (var place = 0; place < length; place++)
        {
            session = session.AddNode($"{name} {place}").AddChannel($"{name} {place}");
        }

        for (var place = 0; place < length; place++)
        {
            session = session.AddOutput(first + place, $"{name} {place}").AddInput(first + ((place + 1) % length), $"{name} {place}");
        }

        return session;
    }
}
