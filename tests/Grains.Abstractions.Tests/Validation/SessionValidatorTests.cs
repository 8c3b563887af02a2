using BlueEdge.Channels;
using BlueEdge.Validation;
using CsCheck;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

public sealed class SessionValidatorTests
{
    private static readonly Gen<Break> AnyBreak = Gen.Int[0, Break.All.Length - 1].Select(place => Break.All[place]);

    [Fact]
    public void A_valid_session_has_no_fault() =>
        SessionGen.Valid.Sample(session => Assert.Empty(session.Validate()), iter: 2_000);

    [Fact]
    public void Each_break_gives_exactly_its_fault()
    {
        foreach (var broken in Break.All.Concat(Break.Settings))
        {
            SessionGen.Valid.Sample(
                session => Assert.Equal([(broken.Pointer(session), broken.Code)], Faults(broken.Apply(session))), iter: 40);
        }
    }

    [Fact]
    public void Several_breaks_at_once_give_all_faults() =>
        Gen.Select(SessionGen.Valid, AnyBreak.Array[2, 12]).Sample(
            (session, breaks) =>
            {
                var expected = new List<(string, string)>();
                foreach (var broken in breaks)
                {
                    expected.Add((broken.Pointer(session), broken.Code));
                    session = broken.Apply(session);
                }

                Assert.Equal(expected.Order(), Faults(session).Order());
            },
            iter: 2_000);

    [Fact]
    public void A_spec_of_nulls_is_faulted_and_does_not_throw()
    {
        var nothing = (string)null!; // What a caller written in another language may send.
        var session = SessionGen.Empty with
        {
            Spec = new()
            {
                Channels = [new() { Name = nothing, Type = default }],
                Nodes = [new() { Name = nothing, Engine = nothing, Inputs = default, Outputs = [new() { Port = nothing, Channel = nothing }] }],
                StartData = [new() { Channel = nothing, Payload = null! }],
                Webhooks = [new() { StatusTypes = [nothing], CallbackUrl = null!, CallbackHeader = null! }],
            },
        };

        var faults = session.Validate();

        Assert.All(faults, fault => Assert.Equal(FaultCodes.Required, fault.Code));
        Assert.Equal(9, faults.Length);
    }

    [Fact]
    public void A_message_shows_a_hostile_name_short_and_on_one_line()
    {
        var session = SessionGen.Empty.AddNode("a").AddStartData(new string('\n', 1_000_000), Payload.Json("1"u8.ToArray()));

        Assert.All(session.Validate(), fault => Assert.True(fault.Message.Length < 200 && !fault.Message.Contains('\n')));
    }

    [Fact]
    public void Every_engine_has_the_output_Status_and_none_the_input()
    {
        var session = SessionGen.Empty.AddNode("a").AddChannel("c").AddChannel("d").Change(0, node => node with
        {
            Inputs = [new() { Port = "Status", Channel = "c" }],
            Outputs = [new() { Port = "Status", Channel = "d" }],
        });

        Assert.Equal([("/engines/0/inputs/0/name", FaultCodes.UnknownPort)], Faults(session));
    }

    [Fact]
    public void What_reaches_a_limit_is_allowed()
    {
        var name = new string('n', 256);
        var session = SessionGen.Empty.AddNode(name).AddChannel(name).AddStartData(name, Payload.Json(new byte[16 * 1024 * 1024]));
        var limited = session with { Limits = new() { Engines = 1, Channels = 1, Depth = 1 } };

        Assert.Empty(limited.Validate());
    }

    [Fact]
    public void A_channel_of_no_known_type_is_one_fault_however_many_use_it()
    {
        var session = SessionGen.Empty.AddNode("a").AddChannel("c", (ChannelType)(-1)).AddInput(0, "c")
            .AddStartData("c", Payload.Json("1"u8.ToArray()));

        Assert.Equal([("/dataChannels/0/type", FaultCodes.Malformed)], Faults(session));
    }

    private static List<(string Pointer, string Code)> Faults(TestSession session) =>
        [.. session.Validate().Select(fault => (fault.Pointer, fault.Code))];
}
