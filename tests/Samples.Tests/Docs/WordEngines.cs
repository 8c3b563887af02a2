using BlueEdge;
using BlueEdge.Channels;
using Microsoft.Extensions.DependencyInjection;
using TextEngines;

namespace Words;

/// <summary>Adds the engines of this page to a silo.</summary>
public static class WordEngines
{
    public static ISiloBuilder AddWordEngines(this ISiloBuilder silo) => silo.AddEngine<WordCountEngine>();

    public static ISiloBuilder AddMore(this ISiloBuilder silo)
    {
        silo.AddEngine<EchoEngine>(engine => engine
            .WithId("echo")
            .WithSlots(16)
            .WithInput("In", ChannelType.File)
            .WithOutput("Out", ChannelType.File));

        silo.Services.AddSingleton<SentimentModel>();
        silo.AddEngine<SentimentEngine>();
        return silo
            .AddEngine<CaptionEngine>()
            .AddEngine<ChaptersEngine>()
            .AddEngine<LinesEngine>()
            .AddEngine<SortEngine>()
            .AddEngine<PatienceEngine>()
            .AddEngine<PrimesEngine>();
    }
}
