"""The sets of blocks that page types choose from: each takes the smallest that serves it."""

from wagtail.blocks import StreamBlock

from .lists import AccordionBlock, CallToActionBlock, FiguresBlock, LinksBlock, TableBlock
from .media import DocumentsBlock, FigureBlock, VideoBlock
from .text import CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock


class StoryBlocks(StreamBlock):
    """News and events: words and pictures."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = FigureBlock()
    quote = QuoteBlock()
    documents = DocumentsBlock()
    video = VideoBlock()


class BodyBlocks(StoryBlocks):
    """Projects, calls, bodies and content pages: also boxes, numbers, questions, tables and links."""

    callout = CalloutBlock()
    figures = FiguresBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    links = LinksBlock()
    call_to_action = CallToActionBlock()
