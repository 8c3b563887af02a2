using BlueEdge.EngineHost.Channels.Durable;
using Microsoft.Extensions.Configuration;

namespace BlueEdge.EngineHost.Tests.Channels;

public sealed class KafkaOptionsTests
{
    [Fact]
    public void What_mailboxes_were_called_before_is_taken_too()
    {
        var options = Bind(("InboxTopic", "former"), ("InboxPartitions", "7"));

        Assert.Equal(("former", 7), (options.MailboxTopic, options.MailboxPartitions));
    }

    [Fact]
    public void Where_both_names_are_given_that_of_today_holds()
    {
        var options = Bind(("MailboxTopic", "today"), ("InboxTopic", "former"), ("MailboxPartitions", "9"), ("InboxPartitions", "7"));

        Assert.Equal(("today", 9), (options.MailboxTopic, options.MailboxPartitions));
    }

    [Fact]
    public void Where_neither_is_given_the_topic_is_the_former_versions() =>
        Assert.Equal(("blueedge-inboxes", 64), (Bind().MailboxTopic, Bind().MailboxPartitions));

    private static KafkaOptions Bind(params (string Name, string Value)[] settings)
    {
        KafkaOptions options = new();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build()
            .Bind(options);
        return options;
    }
}
