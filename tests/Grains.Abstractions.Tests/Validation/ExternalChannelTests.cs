using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

public sealed class ExternalChannelTests
{
    private static readonly TestSession Input = SessionGen.Empty.AddNode("a").AddChannel("c").AddInput(0, "c").ChangeChannel(0, In);
    private static readonly TestSession Output = SessionGen.Empty.AddNode("a").AddChannel("c").AddOutput(0, "c")
        .ChangeChannel(0, channel => channel with { External = ExternalDirection.Out, Interested = true });

    [Fact]
    public void An_input_that_an_engine_reads_and_an_output_that_one_writes_are_in_order()
    {
        Assert.Empty(Input.Validate());
        Assert.Empty(Output.Validate());
    }

    [Fact]
    public void An_input_may_say_how_long_its_writers_may_be_silent_and_what_then()
    {
        foreach (var seconds in new[] { 1, 86_400 })
        {
            Assert.Empty(Input.ChangeChannel(0, channel => channel with { WriterTimeout = TimeSpan.FromSeconds(seconds), OnWriterLost = WriterLostPolicy.Fail }).Validate());
        }
    }

    [Fact]
    public void An_input_that_no_engine_reads_is_faulted() => Faults(
        SessionGen.Empty.AddNode("a").AddChannel("c").ChangeChannel(0, In), ("/dataChannels/0/external", FaultCodes.ChannelNotLinked));

    [Fact]
    public void An_output_that_no_engine_writes_is_faulted_also_where_one_reads_it() => Faults(
        Input.ChangeChannel(0, channel => channel with { External = ExternalDirection.Out, Interested = true }), ("/dataChannels/0/external", FaultCodes.ChannelNotLinked));

    [Fact]
    public void An_output_need_not_be_kept() => Assert.Empty(Output.ChangeChannel(0, channel => channel with { Interested = false }).Validate());

    [Fact]
    public void An_engine_that_writes_an_input_is_faulted_at_its_link() => Faults(
        Input.AddNode("b").AddOutput(1, "c"), ("/engines/1/outputs/0/linkTo", FaultCodes.ChannelHasWriter));

    [Fact]
    public void Start_data_on_an_input_are_faulted() => Faults(
        Input.AddStartData("c", Payload.Json("1"u8.ToArray())), ("/startData/0/channelName", FaultCodes.ChannelHasWriter));

    [Fact]
    public void A_session_that_runs_again_has_to_record_its_input()
    {
        var again = Input with { Spec = Input.Spec with { Retry = new() { Attempts = 1 } } };

        Faults(again, ("/dataChannels/0/record", FaultCodes.Required));
        Assert.Empty(again.ChangeChannel(0, channel => channel with { Record = true }).Validate());
        Assert.Empty((again with { Spec = again.Spec with { Retry = new() { Attempts = 0 } } }).Validate());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(-5)]
    [InlineData(86_401)]
    public void Writers_are_silent_for_a_second_to_a_day(double seconds) => Faults(
        Input.ChangeChannel(0, channel => channel with { WriterTimeout = TimeSpan.FromSeconds(seconds) }),
        ("/dataChannels/0/writerTimeoutSeconds", FaultCodes.OutOfRange));

    [Theory]
    [InlineData(ExternalDirection.None)]
    [InlineData(ExternalDirection.Out)]
    public void Only_an_input_says_what_concerns_writers(ExternalDirection direction) => Faults(
        Output.ChangeChannel(0, channel => channel with
        {
            External = direction,
            Record = true,
            WriterTimeout = TimeSpan.FromSeconds(5),
            OnWriterLost = WriterLostPolicy.End,
        }),
        ("/dataChannels/0/record", FaultCodes.NotExternalInput),
        ("/dataChannels/0/writerTimeoutSeconds", FaultCodes.NotExternalInput),
        ("/dataChannels/0/onWriterLost", FaultCodes.NotExternalInput));

    [Fact]
    public void What_no_build_knows_is_malformed()
    {
        Faults(Input.ChangeChannel(0, channel => channel with { External = (ExternalDirection)7 }), ("/dataChannels/0/external", FaultCodes.Malformed));
        Faults(Input.ChangeChannel(0, channel => channel with { OnWriterLost = (WriterLostPolicy)7 }), ("/dataChannels/0/onWriterLost", FaultCodes.Malformed));
    }

    private static ChannelSpec In(ChannelSpec channel) => channel with { External = ExternalDirection.In };

    private static void Faults(TestSession session, params (string Pointer, string Code)[] expected) =>
        Assert.Equal(expected, session.Validate().Select(fault => (fault.Pointer, fault.Code)));
}
