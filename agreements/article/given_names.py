"""Given names that tell whether "he" or "she" can mean their bearer; names that both bear are left out."""

from __future__ import annotations

from agreements.article.lists import listed

HIS = listed(
    """
    aaron abdul abdullah abraham adam adrian ahmed akin alan albert albin alejandro alex alexander alexandre ali
    alfred alfredo allan amadou amos anders andré andre andrew andrés angus anthony antoine anton antonio antónio
    antony ari armando arthur augustin barack barry bart ben benedict benjamin bernard bernardo bill bob boris
    boubacar brandon brendan brett brian bruce bruno carl carlos charles chris christian christopher claude clement
    colin craig cyril daniel danny darren dave david denis dennis desmond dick didier diego dominic don donald
    douglas duncan edgar edmund eduardo edward edwin elias emmanuel eric ernest evan felix félix ferdinand fernando
    filippo francis francisco franck frank frankie fred frederick gareth gary gaston gavin geoffrey george gerald
    gerard gilbert giorgos giovanni glen godfrey gordon graham grant greg gregory guillermo gustavo guy godwin hamid
    hans harold harry hassan hector henri henry herbert hugh hugo hussein ian ibrahim idris ignatius igor isaac
    isaiah ismail ivan jack jacob jacques jaime jake james jan jason javier jean jeff jeffrey jeremy jerome jim
    jimmy joe joel john johnny jon jonas jonathan jorge joseph josé jose joshua juan jules julian julio julius
    justin kareem karl keir keith ken kenneth kenny kevin kofi kwame kwesi lamin larry laurent lawrence lee leo leon
    leonard lewis liam lionel lloyd louis luca lucas luigi luis luke lukas magnus malcolm marc marcel marco marcos
    mario mark markus martin marvin mateo matteo matthew matthias maurice max michael michel mickey miguel mike
    mohamed mohammed moses muhammad musa mustafa mustapha nathan nayib neil nelson nicholas nick nicolas nigel noel
    oliver olivier omar oscar otto owen pablo paolo pascal patrick paul pedro pete peter phil philip philippe pierre
    prosper ralph ramón raphael raúl ray raymond recep ricardo richard rick rob robert roberto rodrigo roger roland
    ron ronald roy ruben rubén rupert russell ryan salim salvador sam samuel santiago scott sean sebastian sergio
    shane shaun sidney silas simon stan stanley stefan stephen steve steven stewart stuart sylvester tarek terrence
    terry thabo theo theodore thierry thomas tim timothy tobias todd tom tomás tommy tony trevor umar usman victor
    viktor vince vincent vladimir volker wade walter warren wayne wilfred will willem william winston xavier yoweri
    yusuf zachary zoran bola chinedu emeka femi ifeanyi kagiso kwabena mandla mutua ngozi's nkosi njoroge okello
    otieno sipho siyabonga thulani tunde vusi ratu sitiveni tevita viliami semi josefa jone manasseh surangel
    tarcisius faiyaz alain aimé boniface célestin cyprien déogratias désiré eugène faustin gaspard honoré innocent
    janvier léopold théoneste theophile ludovico fabio gianni giuseppe pjetër edi ilir bujar agron arben
    """
)
HERS = listed(
    """
    abigail ada adaeze agnes aisha aïsha alice alicia alison alma amanda amelia amina amy ana anastasia andrea
    angela angelina anita ann anna anne annelies annette annie antonia audrey barbara beatrice bella beth betty
    beverley bianca brenda bridget camilla carina carla carmen carol carolina caroline catherine cecilia charity
    charlotte chelsea cherie chloe christina christine claire clara clare claudia constance cynthia daniela deborah
    delia denise diana diane dolores dora doris dorothy edith eileen elaine eleanor elena elisabeth elizabeth ella
    ellen elsa emilia emily emma esther eunice eva eve evelyn faith fatima fatou fatoumata felicity fiammetta fiona
    florence frances francesca gabriela gabriella geneviève georgia giorgia gina gladys gloria grace gretchen hannah
    harriet heather heidi helen helena helga hilary hilda hope ingrid irene iris isabel isabella isobel ivy jacinta
    jacinda jackie jacqueline jane janet janine jasmine jean-marie's jeanne jennifer jessica jill joan joanna joanne
    josephine joy joyce judith judy julia julie june justine karen karin karoline kate katharine katherine kathleen
    kathryn kathy katie kelly kemi kirsten kristi kristina laila lakshmi laura lauren layla leila leticia lilian
    lily linda lisa liz lorraine louise lucia lucy luisa lydia lynn madeleine margaret margarita maria mariam marie
    marina marion martha mary matilda maureen maya megan melissa mercy meredith mia michelle mildred miriam moira
    molly monica mónica monique nadia nadine nancy naomi natalia natalie natasha ngozi nicola nicole nina nkechi
    nomsa nora norma olga olivia ottavia pamela patience patricia paula pauline peggy penelope penny petra phoebe
    phyllis precious priscilla priti prudence rachel raquel rebecca reinette rita roberta rosa rosalind rose
    rosemary ruth sabine sally samantha sandra sara sarah serena sharon shirley silvia simone sofia sonia sophia
    sophie stella stephanie sue susan susana suella suzanne sylvia tamara tanya teresa thabile thandiwe theresa
    therese tina tracy tricia ursula valentina valerie vanessa vera verity veronica victoria victoire violet
    virginia vivian vjosa wendy wilhelmina winifred winnie yael yasmin yolanda yolande yvette yvonne zainab zara
    zanele zodwa lindiwe nokuthula sibongile adeola chiamaka folake ifeoma uzoamaka akosua abena ama efua mele
    sisilia losena litia salote karin claudine clémentine clementine espérance consolée immaculée jeannette odette
    solange valérie uwera tammy dana gillian yulia oksana svetlana paola chiara giulia ilaria federica alessandra
    """
)
