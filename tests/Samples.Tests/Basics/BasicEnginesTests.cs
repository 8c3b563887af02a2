using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Basics;

namespace BlueEdge.Samples.Tests.Basics;

public sealed class BasicEnginesTests
{
    [Theory]
    [InlineData(typeof(HelloEngine), "hello", "Control", "Result, Status")]
    [InlineData(typeof(RelayEngine), "relay", "In", "Out, Status")]
    [InlineData(typeof(DelayEngine), "delay", "Control", "Result, Status")]
    [InlineData(typeof(FailEngine), "fail", "Control", "Status")]
    public void Their_ports_are_those_that_clients_know(Type engine, string id, string inputs, string outputs)
    {
        var definition = new EngineDefinitionBuilder(engine).Build();

        Assert.Equal(id, definition.Id);
        Assert.Equal(inputs, string.Join(", ", definition.Inputs.Select(port => port.Name)));
        Assert.Equal(outputs, string.Join(", ", definition.Outputs.Select(port => port.Name)));
        Assert.All(definition.Inputs, port => Assert.Equal((ChannelType.Json, false), (port.Type, port.Optional)));
        Assert.All(definition.Outputs, port => Assert.Equal((ChannelType.Json, true), (port.Type, port.Optional)));
    }
}
